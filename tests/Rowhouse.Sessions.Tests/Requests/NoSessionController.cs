using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Rowhouse.Sessions.Tests.Requests;

[NoSession]
public sealed class NoSessionController : ControllerBase
{
    [HttpGet("/no-session/plain")]
    public string Plain() => HttpContext.Session.IsAvailable ? "loaded" : "not loaded";

    [HttpGet("/no-session/exclusive")]
    [ExclusiveSession]
    public string Exclusive() => HttpContext.Session.GetString("name") ?? "";
}
