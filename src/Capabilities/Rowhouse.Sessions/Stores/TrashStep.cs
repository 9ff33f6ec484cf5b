namespace Rowhouse.Sessions;

/// <summary>What one step of taking out the trash did.</summary>
/// <param name="Removed">How many sessions it removed.</param>
/// <param name="Position">Where the next step goes on; null if all is done.</param>
public readonly record struct TrashStep(int Removed, string? Position);
