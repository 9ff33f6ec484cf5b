using System.ComponentModel.DataAnnotations;

namespace __namespace__.Models;

public class Greeting
{
    [Required(ErrorMessage = "Please tell us your name.")]
    [StringLength(60)]
    public string? Name { get; set; }
}
