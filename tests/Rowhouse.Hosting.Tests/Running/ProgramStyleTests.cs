using System.Net;
using System.Net.Sockets;
using Rowhouse.Tests;

namespace Rowhouse.Hosting.Tests.Running;

/// <summary>An unmodified Program.cs of every usual style runs as an app, with the server in the place of its web server.</summary>
public sealed class ProgramStyleTests : IClassFixture<ProgramStyleServer>
{
    private readonly ProgramStyleServer _fixture;

    public ProgramStyleTests(ProgramStyleServer fixture)
    {
        _fixture = fixture;
    }

    public static TheoryData<string> Styles => [.. ProgramStyles.All.Keys];

    [Theory]
    [MemberData(nameof(Styles))]
    public async Task A_program_of_this_style_runs_in_its_own_folder_and_environment_opens_no_port_and_ends_when_told_to(string style)
    {
        var server = await _fixture.GetAsync();

        var answer = await server.GetTextAsync($"/{style}/somewhere");

        var program = ProgramStyles.All[style];
        var mark = program.Contains("Startup", StringComparison.Ordinal) ? "startup" : program.Contains("Create(", StringComparison.Ordinal) ? "" : "web";
        Assert.Equal($"/{style}|Staging|{style}|{_fixture.Root.AppFolder(style)}|hello, staging|{mark}", answer);
        Assert.Equal((1, null), (server.StatusOf(style).Instance, server.StatusOf(style).Reason));
        Assert.Equal(SocketError.ConnectionRefused, await ConnectAsync(_fixture.Port));

        _fixture.Root.Write(style, AppFolder.DisabledFile, "");
        await Eventually.HoldsAsync(() => server.Log.Entries.Any(entry => entry is (_, var category, "stopped") && category == $"{style}: Facts"), "the app has stopped");
        Assert.DoesNotContain(server.Log.Errors, error => error.StartsWith(style, StringComparison.Ordinal));
    }

    private static async Task<SocketError> ConnectAsync(int port)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }
}
