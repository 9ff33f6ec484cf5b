using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Rowhouse.Configuration;

/// <summary>Fills options from a section of AppConfig. What is wrong with it is found with the other validations, all at once.</summary>
internal sealed class AppConfigBinding<T> : IConfigureNamedOptions<T>, IValidateOptions<T>, IOptionsChangeTokenSource<T>
    where T : class
{
    private readonly AppConfig _config;
    private readonly string _section;
    private readonly string _name;
    private readonly ConditionalWeakTable<T, List<string>> _problems = [];

    public AppConfigBinding(AppConfig config, string section, string name)
    {
        _config = config;
        _section = ConfigKey.Normalize(section);
        _name = name;
    }

    public string Name => _name;

    public void Configure(T options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, T options)
    {
        if (name != _name)
        {
            return;
        }

        var reader = new SectionReader(_config.State.Current.Model);
        reader.Fill(options, _section);
        _problems.AddOrUpdate(options, reader.Problems);
    }

    public ValidateOptionsResult Validate(string? name, T options)
    {
        if (name != _name)
        {
            return ValidateOptionsResult.Skip;
        }

        return _problems.TryGetValue(options, out var problems) && problems.Count > 0
            ? ValidateOptionsResult.Fail(problems)
            : ValidateOptionsResult.Success;
    }

    public IChangeToken GetChangeToken() => _config.State.Current.Replaced;
}
