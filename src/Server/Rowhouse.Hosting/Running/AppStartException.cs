namespace Rowhouse.Hosting.Running;

/// <summary>An app that compiled did not become ready for requests.</summary>
internal sealed class AppStartException : Exception
{
    public AppStartException(RowhouseException error)
        : base(error.Message, error.InnerException)
    {
        Code = error.Code;
    }

    public string Code { get; }
}
