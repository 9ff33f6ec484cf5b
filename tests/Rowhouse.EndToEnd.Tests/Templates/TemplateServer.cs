using System.Security.Cryptography;
using System.Text.Json;
using Rowhouse.Tests;

namespace Rowhouse.EndToEnd.Tests.Templates;

/// <summary>One server on a root with an app of each of the SDK's web templates, and a few more.</summary>
public sealed class TemplateServer : IAsyncLifetime
{
    /// <summary>The host name of the unmodified gRPC template.</summary>
    public const string GrpcHost = "grpc.example.test";

    /// <summary>The host name of its copy with a call that streams.</summary>
    public const string GrpcStreamHost = "stream.example.test";

    /// <summary>A host name of the Blazor template, which is below its name on all others.</summary>
    public const string BlazorHost = "blazor.example.test";

    // Ten projects, each restored and built, one after the other: a minute or two, and many times as long on a machine with other work.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly TestRoot _root = new();
    private readonly Dictionary<string, string> _made = [];
    private RunningServer? _server;

    /// <summary>The templates of the issue; each is an app of the same name. "razor" is another name of "webapp" (<c>dotnet new list</c>).</summary>
    public static IReadOnlyList<string> Names { get; } = ["mvc", "webapp", "razor", "webapi", "blazor", "web", "grpc"];

    /// <summary>The address for HTTP/1.1.</summary>
    public Uri Address => new(_server!.Addresses[0]);

    /// <summary>The address for HTTP/2 without TLS.</summary>
    public Uri Http2Address => new(_server!.Addresses[1]);

    public HttpClient Client => _server!.Client;

    public async ValueTask InitializeAsync()
    {
        foreach (var name in Names)
        {
            await DotnetNew.MakeAsync(name, _root.AppFolder(name));
            Remember(name);
        }

        await TemplateCopies.WriteAsync(_root);
        _root.Write("chat", "Program.cs", ChatApp.Program);
        _root.WriteConfig($"""
            [server]
            environment = Development

            [routes]
            {BlazorHost} = blazor
            {GrpcHost} = grpc
            {GrpcStreamHost} = {TemplateCopies.Grpc}

            [app:{TemplateCopies.Mvc}]
            environment = Production

            [app:{TemplateCopies.Pages}]
            environment = Production
            """);
        _server = await RunningServer.StartAsync(_root.Root, "http://127.0.0.1:0", "http://127.0.0.1:0?protocols=h2");
        await WaitForAppsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _root.Dispose();
    }

    /// <summary>What <c>rowhouse apps list --json</c> says.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync()
    {
        await using var process = ChildProcess.Start("apps", "list", "--json", "--root", _root.Folder);
        Assert.True(await process.WaitForExitAsync() == 0, process.Error);
        return [.. JsonDocument.Parse(process.Output).RootElement.EnumerateArray()];
    }

    public async Task<string> GetTextAsync(string path)
    {
        using var response = await Client.GetAsync(path, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"GET {path}: {response.StatusCode}\n{text}");
        return text;
    }

    public string ReadFile(string app, string file) => File.ReadAllText(Path.Combine(_root.AppFolder(app), file));

    /// <summary>A file of the app's current build.</summary>
    public string ReadBuilt(string app, string file) =>
        File.ReadAllText(Directory.GetFiles(Path.Combine(_root.Root.Data, app, "build"), file, SearchOption.AllDirectories)[0]);

    /// <summary>The files of the templates that are not as <c>dotnet new</c> made them, or that it did not make.</summary>
    public IEnumerable<string> FindChanges()
    {
        var found = Names.SelectMany(Files).ToDictionary(file => file, Hash);
        return found.Except(_made).Concat(_made.Except(found)).Select(file => Path.GetRelativePath(_root.Folder, file.Key)).Distinct();
    }

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));

    private void Remember(string app)
    {
        foreach (var file in Files(app))
        {
            _made.Add(file, Hash(file));
        }
    }

    private string[] Files(string app) => Directory.GetFiles(_root.AppFolder(app), "*", SearchOption.AllDirectories);

    // Asked on the management socket, not by a process each time: that would take the cores from the builds.
    private async Task WaitForAppsAsync()
    {
        using var management = RunningServer.MakeClient("unix:" + _root.Root.ManagementSocket);
        var apps = "";
        try
        {
            await Eventually.HoldsAsync(
                async () =>
                {
                    apps = await management.GetStringAsync("/apps", TestContext.Current.CancellationToken);
                    return JsonDocument.Parse(apps).RootElement.EnumerateArray().All(app => app.GetProperty("state").GetString() is "running" or "failed");
                },
                "every app runs or has failed",
                Patience);
        }
        catch (Xunit.Sdk.FalseException e)
        {
            Assert.Fail($"{e.Message}\n{apps}\n{_server!.Process.Error}");
        }
    }
}
