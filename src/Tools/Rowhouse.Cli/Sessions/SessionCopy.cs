namespace Rowhouse.Cli.Sessions;

/// <summary>What <c>sessions copy</c> did.</summary>
/// <param name="Copied">Sessions that were stored.</param>
/// <param name="Skipped">Sessions that were there already, with the same or a later sign of life, or ended meanwhile.</param>
/// <param name="Failed">Sessions that the new place does not take.</param>
internal sealed record SessionCopy(int Copied, int Skipped, int Failed)
{
    public override string ToString() => $"{Copied} copied, {Skipped} skipped, {Failed} failed";
}
