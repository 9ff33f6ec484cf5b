using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Rowhouse.Hosting;

namespace Rowhouse.Cli;

/// <summary>
/// Answers <c>GET /apps</c> and <c>GET /version</c> on <see cref="ServerRoot.ManagementSocket"/>, to the user who runs the server and to nobody else.
/// It also holds the root's lock, so that two servers never serve one root. Requests in flight are given up when it is disposed.
/// </summary>
internal sealed class ManagementServer : IAsyncDisposable
{
    private readonly string _socket;
    private readonly FileStream _rootLock;
    private readonly KestrelServer _kestrel;

    private ManagementServer(string socket, FileStream rootLock, KestrelServer kestrel)
    {
        _socket = socket;
        _rootLock = rootLock;
        _kestrel = kestrel;
    }

    /// <summary>Takes the root's lock and opens the socket; one that a dead server left behind is replaced.</summary>
    /// <exception cref="RowhouseException">RH3001: another server serves this root. RH3003: the socket's folder is not ours.</exception>
    public static async Task<ManagementServer> StartAsync(
        ServerRoot root, Func<string> environment, Func<IReadOnlyList<AppStatus>> apps, CancellationToken cancellationToken)
    {
        var socket = root.ManagementSocket;
        var folder = Path.GetDirectoryName(socket)!;
        if (folder == root.Data)
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            OwnFolder.Ensure(folder);
        }

        var rootLock = await LockAsync(root, Path.ChangeExtension(socket, ".lock"), cancellationToken);
        try
        {
            var application = new ManagementApplication(root, environment, apps);
            return new ManagementServer(socket, rootLock, await ListenAsync(socket, application, cancellationToken));
        }
        catch
        {
            await rootLock.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The file goes first: whoever looks now finds no server instead of one that closes.
        File.Delete(_socket);
        await _kestrel.StopAsync(new CancellationToken(canceled: true));
        _kestrel.Dispose();
        await _rootLock.DisposeAsync();
    }

    private static async Task<FileStream> LockAsync(ServerRoot root, string path, CancellationToken cancellationToken)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (IOException) when (File.Exists(path))
        {
            throw CliErrors.AnotherServerRuns(root, await FindProcessAsync(root, cancellationToken));
        }
    }

    private static async Task<int?> FindProcessAsync(ServerRoot root, CancellationToken cancellationToken)
    {
        try
        {
            return (await new ManagementClient(root).FindVersionAsync(cancellationToken))?.ProcessId;
        }
        catch (RowhouseException)
        {
            return null;
        }
    }

    // The socket is made in a folder that only we can enter, gets its mode there, and only then moves to its place:
    // at no moment can another user connect, and what a dead server left behind is replaced in one step.
    private static async Task<KestrelServer> ListenAsync(string socket, ManagementApplication application, CancellationToken cancellationToken)
    {
        var hidden = Directory.CreateDirectory(
            Path.Combine(Path.GetDirectoryName(socket)!, "." + Guid.NewGuid().ToString("N")[..8]),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            var made = Path.Combine(hidden.FullName, "s");
            var options = new KestrelServerOptions { AddServerHeader = false };
            options.ListenUnixSocket(made);
            var logs = NullLoggerFactory.Instance;
            var kestrel = new KestrelServer(Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), logs), logs);
            await kestrel.StartAsync(application, cancellationToken);
            File.SetUnixFileMode(made, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Move(made, socket, overwrite: true);
            return kestrel;
        }
        finally
        {
            hidden.Delete(recursive: true);
        }
    }
}
