using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Win32.SafeHandles;

namespace Rowhouse.Hosting.Isolation;

/// <summary>
/// The lifetime of a child process is its parent's: it ends when its standard input does, which the parent closes on purpose or by being
/// killed. Signals mean the parent: a terminal and systemd send them to the whole group, and the parent still needs its children then.
/// </summary>
internal sealed class ParentWatch : IHostLifetime, IDisposable
{
    private static readonly PosixSignal[] OfParent = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];

    private readonly IHostApplicationLifetime _lifetime;
    private readonly string? _sockets;
    private readonly List<PosixSignalRegistration> _signals = [];

    public ParentWatch(IHostApplicationLifetime lifetime, ServerConfig config)
    {
        _lifetime = lifetime;
        _sockets = ChildSockets.FindFolder(config);
    }

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _signals.AddRange(OfParent.Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = true)));
        new Thread(Watch) { IsBackground = true, Name = "parent watch" }.UnsafeStart();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        if (_sockets is not null)
        {
            ChildSockets.Delete(_sockets);
        }

        return Task.CompletedTask;
    }

    public void Dispose() => _signals.ForEach(signal => signal.Dispose());

    private void Watch()
    {
        try
        {
            using var input = new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
            while (input.ReadByte() >= 0)
            {
                // The parent says nothing; it is only there.
            }
        }
        catch (IOException)
        {
            // As good as the end.
        }

        _lifetime.StopApplication();
    }
}
