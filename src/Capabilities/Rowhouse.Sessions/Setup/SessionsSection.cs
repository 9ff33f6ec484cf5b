using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Rowhouse.Sessions;

/// <summary>Reads <c>[session]</c> of a configuration into options. What is wrong is said all at once.</summary>
internal sealed class SessionsSection
{
    private readonly IConfigurationSection _section;
    private readonly List<string> _problems = [];

    private SessionsSection(IConfigurationSection section)
    {
        _section = section;
    }

    /// <exception cref="RowhouseException">RH5011: values that cannot be read.</exception>
    public static void Read(IConfiguration configuration, SessionsOptions options)
    {
        var section = new SessionsSection(configuration.GetSection("session"));
        section.Take<ConnectionUri>("uri", value => options.Uri = value);
        section.Take<TimeSpan>("idle", value => options.IdleTimeout = value);
        section.Take<DurationOrOff>("absolute", value => options.AbsoluteTimeout = value.Duration);
        section.Take<string>("cookie", value => options.CookieName = value);
        section.Take<SameSiteMode>("samesite", value => options.SameSite = value);
        section.Take<long>("limit", value => options.MaxBytes = value);
        section.Take<SessionOutage>("outage", value => options.Outage = value);
        section.Take<ConnectionUri>("locks", value => options.Locks = value);
        section.Take<DurationOrOff>("trash", value => options.TrashInterval = value.Duration);
        if (section._problems.Count > 0)
        {
            throw SessionsErrors.BadSettings(section._problems);
        }
    }

    private void Take<T>(string key, Action<T> set)
    {
        if (_section[key] is not { Length: > 0 } text)
        {
            return;
        }

        var cast = (ValueCast<T>)ValueCasts.Find(typeof(T))!;
        if (cast.TryCast(text, out var value) is { } why)
        {
            var shown = ShownText.Clean(ShownValue.Of($"session:{key}", text));
            _problems.Add($"session.{key} = {shown}: {(why.Length == 0 ? "" : $"{why.TrimEnd('.')}; ")}expected {cast.Allowed}{Spelling.Suggest(text, cast.Words)}");
            return;
        }

        set(value!);
    }
}
