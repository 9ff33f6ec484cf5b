namespace Rowhouse.Sessions.Tests.Requests;

internal sealed record Cart(string[] Items, decimal Total);
