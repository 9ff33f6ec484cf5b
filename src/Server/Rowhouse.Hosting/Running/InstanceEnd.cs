namespace Rowhouse.Hosting.Running;

/// <summary>How an instance ended that nobody had asked to.</summary>
/// <param name="Reason">One line for a person.</param>
/// <param name="IsFailure">Whether something went wrong; an app may also stop itself in order to be started anew.</param>
internal sealed record InstanceEnd(string Reason, bool IsFailure);
