using System.Text.Json;

namespace Rowhouse.EndToEnd.Tests.Templates;

[Collection<SharedTemplateServer>]
public sealed class WebApiTests
{
    private readonly TemplateServer _server;

    public WebApiTests(TemplateServer server)
    {
        _server = server;
    }

    [Fact]
    public async Task The_forecast_is_served_as_json()
    {
        using var forecast = JsonDocument.Parse(await _server.GetTextAsync("/webapi/weatherforecast"));

        Assert.Equal(5, forecast.RootElement.GetArrayLength());
        Assert.All(forecast.RootElement.EnumerateArray(), day => Assert.NotEmpty(day.GetProperty("summary").GetString()!));
    }

    [Fact]
    public async Task In_development_the_openapi_document_names_the_apps_own_address()
    {
        using var document = JsonDocument.Parse(await _server.GetTextAsync("/webapi/openapi/v1.json"));

        Assert.True(document.RootElement.GetProperty("paths").TryGetProperty("/weatherforecast", out _));
        Assert.Equal(new Uri(_server.Address, "/webapi"), new Uri(document.RootElement.GetProperty("servers")[0].GetProperty("url").GetString()!.TrimEnd('/')));
    }
}
