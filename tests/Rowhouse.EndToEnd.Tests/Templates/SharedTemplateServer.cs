namespace Rowhouse.EndToEnd.Tests.Templates;

/// <summary>The tests that share the <see cref="TemplateServer"/>.</summary>
[CollectionDefinition]
public sealed class SharedTemplateServer : ICollectionFixture<TemplateServer>;
