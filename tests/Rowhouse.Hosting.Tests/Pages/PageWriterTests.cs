using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Rowhouse.Hosting.Tests.Pages;

public sealed class PageWriterTests
{
    private static readonly PageContent Page = new BuildErrorPage
    {
        App = "shop",
        AppFolder = "/nowhere/shop",
        Diagnostics = [new(BuildSeverity.Error, "CS1002", "/nowhere/shop/A.cs", 3, 4, "; expected")],
        WatchUrl = "/_rowhouse/build?app=shop&after=1",
    }.Render();

    [Theory]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8", "text/html; charset=utf-8")]
    [InlineData("text/html", "text/html; charset=utf-8")]
    [InlineData("*/*", "text/plain; charset=utf-8")]
    [InlineData("", "text/plain; charset=utf-8")]
    [InlineData("garbage;;;", "text/plain; charset=utf-8")]
    [InlineData("image/png", "text/plain; charset=utf-8")]
    [InlineData("text/*", "text/plain; charset=utf-8")]
    [InlineData("text/*, text/plain;q=0", "text/html; charset=utf-8")]
    [InlineData("text/plain;q=0.5, text/html;q=0.9", "text/html; charset=utf-8")]
    [InlineData("application/json, text/plain, */*", "application/problem+json")]
    [InlineData("application/problem+json", "application/problem+json")]
    [InlineData("application/*", "application/problem+json")]
    public async Task The_form_is_the_one_asked_for(string accept, string contentType)
    {
        var context = await WriteAsync(accept);

        Assert.Equal(contentType, context.Response.ContentType);
        Assert.Equal(500, context.Response.StatusCode);
        Assert.Equal(context.Response.ContentLength, context.Response.Body.Length);
    }

    [Fact]
    public async Task A_problem_document_holds_the_diagnostics()
    {
        var context = await WriteAsync("application/problem+json");

        context.Response.Body.Position = 0;
        using var document = await JsonDocument.ParseAsync(context.Response.Body, cancellationToken: TestContext.Current.CancellationToken);
        var problem = document.RootElement;
        Assert.Equal("about:blank", problem.GetProperty("type").GetString());
        Assert.Equal("Internal Server Error", problem.GetProperty("title").GetString());
        Assert.Equal(500, problem.GetProperty("status").GetInt32());
        Assert.Equal("The app 'shop' does not compile: 1 error.", problem.GetProperty("detail").GetString());
        var diagnostic = problem.GetProperty("diagnostics")[0];
        Assert.Equal("A.cs", diagnostic.GetProperty("file").GetString());
        Assert.Equal(3, diagnostic.GetProperty("line").GetInt32());
        Assert.Equal("error", diagnostic.GetProperty("severity").GetString());
    }

    [Fact]
    public async Task The_policy_allows_the_pages_own_script_and_style_and_nothing_else()
    {
        var context = await WriteAsync("text/html");

        var policy = context.Response.Headers.ContentSecurityPolicy.ToString();
        var html = Body(context);
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains($"script-src '{HashOf(html, "<script>", "</script>")}'", policy, StringComparison.Ordinal);
        Assert.Contains($"style-src '{HashOf(html, "<style>", "</style>")}'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
        Assert.Equal("nosniff", context.Response.Headers.XContentTypeOptions);
        Assert.Equal("no-store", context.Response.Headers.CacheControl);
    }

    [Fact]
    public async Task Head_gets_the_headers_of_get_and_no_body()
    {
        var get = await WriteAsync("text/html");
        var head = await WriteAsync("text/html", HttpMethods.Head);

        Assert.Equal(0, head.Response.Body.Length);
        Assert.Equal(get.Response.ContentLength, head.Response.ContentLength);
        Assert.Equal(get.Response.ContentType, head.Response.ContentType);
    }

    [Fact]
    public async Task What_the_caller_has_set_stays()
    {
        var context = NewContext("text/html");
        context.Response.Headers.RetryAfter = "30";

        await PageWriter.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, UnavailablePage.Failed);

        Assert.Equal("30", context.Response.Headers.RetryAfter);
        Assert.Contains("Temporarily unavailable", Body(context), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plain_not_found_is_a_problem_without_details()
    {
        var context = NewContext("application/json");

        await PageWriter.WriteAsync(context, StatusCodes.Status404NotFound, UnknownAppPage.Plain);

        Assert.Equal("""{"type":"about:blank","title":"Not Found","status":404}""", Body(context));
    }

    private static DefaultHttpContext NewContext(string accept, string method = "GET")
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Headers.Accept = accept;
        context.Response.Body = new MemoryStream();
        return context;
    }

    private static async Task<HttpContext> WriteAsync(string accept, string method = "GET")
    {
        var context = NewContext(accept, method);
        await PageWriter.WriteAsync(context, StatusCodes.Status500InternalServerError, Page);
        return context;
    }

    private static string Body(HttpContext context) => Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());

    private static string HashOf(string html, string start, string end)
    {
        var from = html.IndexOf(start, StringComparison.Ordinal) + start.Length;
        var content = html[from..html.IndexOf(end, from, StringComparison.Ordinal)];
        return $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}";
    }
}
