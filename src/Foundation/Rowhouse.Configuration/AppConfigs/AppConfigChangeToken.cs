using Microsoft.Extensions.Primitives;

namespace Rowhouse.Configuration;

/// <summary>Tells of the next reload.</summary>
internal sealed class AppConfigChangeToken : IChangeToken
{
    private readonly AppConfigState _state;
    private readonly AppConfigSnapshot _seen;

    public AppConfigChangeToken(AppConfigState state)
    {
        _state = state;
        _seen = state.Current;
    }

    public bool HasChanged => !ReferenceEquals(_seen, _state.Current);

    public bool ActiveChangeCallbacks => true;

    public IDisposable RegisterChangeCallback(Action<object?> callback, object? state) => new Registration(_state, () => callback(state));

    private sealed class Registration : IDisposable
    {
        private readonly AppConfigState _state;
        private readonly Action _callback;

        public Registration(AppConfigState state, Action callback)
        {
            _state = state;
            _callback = callback;
            _state.Changed += Call;
        }

        public void Dispose() => _state.Changed -= Call;

        private void Call()
        {
            Dispose();
            _callback();
        }
    }
}
