using Microsoft.AspNetCore.Mvc;

namespace Rowhouse.Sessions.Tests.Requests;

/// <summary>Hands a message from one request to the next.</summary>
public sealed class TempDataController : Controller
{
    [HttpGet("/temp-data/write")]
    public IActionResult Write()
    {
        TempData["message"] = "saved";
        return Redirect("/temp-data/read");
    }

    [HttpGet("/temp-data/read")]
    public IActionResult Read() => Content(TempData["message"] as string ?? "nothing");
}
