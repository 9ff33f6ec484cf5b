using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace __namespace__.Pages;

public class IndexModel : PageModel
{
    [BindProperty]
    [Required(ErrorMessage = "Please tell us your name.")]
    [StringLength(60)]
    public string? Name { get; set; }

    [TempData]
    public string? Hello { get; set; }

    public void OnGet()
    {
    }

    public IActionResult OnPost()
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }

        Hello = $"Hello, {Name}!";
        return RedirectToPage();
    }
}
