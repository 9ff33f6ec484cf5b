namespace Rowhouse.Sessions;

/// <summary>
/// The endpoint needs no session: it is not loaded and its life is not prolonged, even if a cookie comes. On a class or method of MVC or Razor
/// Pages, or as metadata: <c>app.MapGet(…).WithMetadata(new NoSessionAttribute())</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NoSessionAttribute : Attribute, ISessionMetadata;
