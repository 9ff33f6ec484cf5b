namespace Rowhouse;

/// <summary>
/// An error that a person can act on. The message says what was found, what was expected and what to do next;
/// it is fit for one line on a console and holds no secret.
/// </summary>
public class RowhouseException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">The code under which docs/reference/errors.md explains it, for example <c>RH1101</c>.</param>
    /// <param name="message">One line for a person.</param>
    /// <param name="innerException">What caused it, if another exception did.</param>
    public RowhouseException(string code, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
    }

    /// <summary>The code under which docs/reference/errors.md explains this error.</summary>
    public string Code { get; }
}
