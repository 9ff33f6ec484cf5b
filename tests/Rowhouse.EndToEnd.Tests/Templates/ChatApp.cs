namespace Rowhouse.EndToEnd.Tests.Templates;

/// <summary>A source app with a SignalR hub.</summary>
internal static class ChatApp
{
    public const string Program = """
        using System.Runtime.CompilerServices;
        using Microsoft.AspNetCore.SignalR;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSignalR();
        var app = builder.Build();
        app.MapHub<Chat>("/hub");
        app.Run();

        public sealed class Chat : Hub
        {
            public Task Say(string words) => Clients.All.SendAsync("heard", words);

            public string Transport() => Context.Features.Get<Microsoft.AspNetCore.Http.Connections.Features.IHttpTransportFeature>()!.TransportType.ToString();

            public async IAsyncEnumerable<int> Count(int upTo, [EnumeratorCancellation] CancellationToken cancellation)
            {
                for (var i = 1; i <= upTo; i++)
                {
                    await Task.Yield();
                    cancellation.ThrowIfCancellationRequested();
                    yield return i;
                }
            }

            public async Task<int> Sum(IAsyncEnumerable<int> numbers)
            {
                var sum = 0;
                await foreach (var number in numbers)
                {
                    sum += number;
                }

                return sum;
            }
        }
        """;
}
