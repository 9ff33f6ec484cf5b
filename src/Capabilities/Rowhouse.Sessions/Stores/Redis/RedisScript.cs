using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace Rowhouse.Sessions;

/// <summary>A script that Redis keeps: it is sent by its hash, and whole only to a server that does not know it (any more).</summary>
internal sealed class RedisScript
{
    private readonly string _text;
    private readonly byte[] _hash;

    [SuppressMessage("Security", "CA5350", Justification = "Redis names scripts by their SHA-1.")]
    public RedisScript(string text)
    {
        _text = text;
        _hash = SHA1.HashData(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>One round trip; two after a restart of Redis, a failover or SCRIPT FLUSH.</summary>
    public async Task<RedisResult> RunAsync(IDatabase database, RedisKey[] keys, RedisValue[] values)
    {
        try
        {
            return await database.ScriptEvaluateAsync(_hash, keys, values);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // EVAL, which makes the server keep it.
            return await database.ScriptEvaluateAsync(_text, keys, values, CommandFlags.NoScriptCache);
        }
    }
}
