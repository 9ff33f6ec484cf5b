using System.Collections.Concurrent;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddProblemDetails();

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();

var notes = new ConcurrentDictionary<int, Note>();
var lastId = 0;

app.MapGet("/", (HttpRequest request) => new { app = "__name__", notes = $"{request.PathBase}/notes" });
app.MapGet("/notes", () => notes.Values.OrderBy(note => note.Id));
app.MapGet("/notes/{id:int}", (int id) => notes.TryGetValue(id, out var note) ? Results.Ok(note) : Results.NotFound());
app.MapPost("/notes", (NewNote added, HttpRequest request) =>
{
    if (string.IsNullOrWhiteSpace(added.Text))
    {
        return Results.ValidationProblem(new Dictionary<string, string[]> { ["text"] = ["A note needs a text."] });
    }

    var note = new Note(Interlocked.Increment(ref lastId), added.Text);
    notes[note.Id] = note;
    return Results.Created($"{request.PathBase}/notes/{note.Id}", note);
});
app.MapDelete("/notes/{id:int}", (int id) => notes.TryRemove(id, out _) ? Results.NoContent() : Results.NotFound());

app.Run();

internal record Note(int Id, string Text);

internal record NewNote(string? Text);
