namespace Rowhouse.Sessions;

/// <summary>What an endpoint says about its session. If a class and its method both say something, the method counts.</summary>
internal interface ISessionMetadata;
