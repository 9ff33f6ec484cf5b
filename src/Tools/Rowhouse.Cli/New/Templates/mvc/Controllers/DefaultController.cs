using __namespace__.Models;
using Microsoft.AspNetCore.Mvc;

namespace __namespace__.Controllers;

public class DefaultController : Controller
{
    [HttpGet]
    public IActionResult Index() => View(new Greeting());

    [HttpPost]
    [ValidateAntiForgeryToken]
    public IActionResult Index(Greeting greeting)
    {
        if (!ModelState.IsValid)
        {
            return View(greeting);
        }

        TempData["Hello"] = $"Hello, {greeting.Name}!";
        return RedirectToAction(nameof(Index));
    }
}
