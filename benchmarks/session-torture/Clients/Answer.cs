namespace Rowhouse.SessionTorture.Clients;

/// <summary>What became of a request.</summary>
/// <param name="Outcome">What is known of it.</param>
/// <param name="Text">The body of an answer with 200.</param>
internal sealed record Answer(Outcome Outcome, string Text = "");
