using Rowhouse.Hosting.Running;

namespace Rowhouse.Hosting.Serving;

/// <summary>What an app does with a request: an instance that has been entered, or the reason why there is none.</summary>
/// <param name="Instance">Entered: it must be left again.</param>
/// <param name="Failure">Why no instance serves the request.</param>
/// <param name="IsDisabled">Whether the app's owner has taken it out of service.</param>
internal readonly record struct Admission(AppInstance? Instance, AppFailure? Failure = null, bool IsDisabled = false);
