namespace Rowhouse.Sessions;

/// <summary>
/// What has to happen as one. KEYS[1] is a session's hash and ARGV[1] the present; <see cref="RedisSessionHash"/> has the fields. Times are whole
/// numbers of 18 digits or more, which Lua cannot hold as numbers, so they are compared and added as text.
/// </summary>
internal static class RedisSessionScripts
{
    /// <summary>What <see cref="Commit"/> answers if it is no successor.</summary>
    public const int Saved = 1;

    /// <inheritdoc cref="Saved" />
    public const int Gone = 0;

    /// <summary>How many values stand before those whose number varies.</summary>
    public const int CommitArguments = 13;

    private const string Later = """
        local function later(a, b) return #a > #b or (#a == #b and a > b) end
        local now = ARGV[1]

        """;

    private const string Head = Later + """
        local key = KEYS[1]
        local head = redis.call('HMGET', key, 'e', 's', 'm', 'o', 't', 'n')
        local is_there = head[1] and later(head[1], now)

        """;

    // Of a time and a time span, by their last nine digits and those before; what Lua can hold.
    private const string Sum = """
        local function sum(a, b)
            local low = tonumber(string.sub(a, -9)) + tonumber(string.sub(b, -9))
            local high = (tonumber(string.sub(a, 1, -10)) or 0) + (tonumber(string.sub(b, 1, -10)) or 0) + math.floor(low / 1e9)
            return string.format('%.0f%09.0f', high, low % 1e9)
        end

        """;

    /// <summary>
    /// ARGV: 2 expires, 3 time to live in ms, 4 is new, 5 is cleared, 6 end, 7 idle time-out, 8 has its own, 9 user and 10 address, each behind a mark or '', 11 modified, 12 how many
    /// values are expected, 13 how many are written; then the expected ones (field, '1' and the value, or field, '0' and nothing), the written ones (field, value),
    /// and the fields that are removed.
    /// </summary>
    public static RedisScript Commit { get; } = new(Head + Sum + """
        if is_there and head[2] then return head[2] end
        if not is_there and ARGV[4] == '0' then return 0 end
        local at = 14
        for i = 1, tonumber(ARGV[12]) do
            local value = is_there and redis.call('HGET', key, ARGV[at])
            if ARGV[at + 1] == '1' then
                if value ~= ARGV[at + 2] then return -1 end
            elseif value then
                return -1
            end
            at = at + 3
        end
        if not is_there then
            redis.call('DEL', key)
            redis.call('HSET', key, 'c', ARGV[11])
            if ARGV[6] ~= '' then redis.call('HSET', key, 'n', ARGV[6]) end
            if ARGV[10] ~= '' then redis.call('HSET', key, 'a', string.sub(ARGV[10], 2)) end
        elseif ARGV[5] == '1' then
            for _, field in ipairs(redis.call('HKEYS', key)) do
                if string.byte(field) == 61 then redis.call('HDEL', key, field) end
            end
        end
        local expires, life, idle, own = ARGV[2], ARGV[3], ARGV[7], ARGV[8]
        if is_there and own == '0' and head[4] == '1' then
            own, idle, expires = '1', head[5], sum(ARGV[11], head[5])
            if head[6] and later(expires, head[6]) then expires = head[6] end
            life = string.format('%.0f', math.max(1, math.ceil((tonumber(expires) - tonumber(now)) / 10000) + 1))
        end
        redis.call('HSET', key, 'm', ARGV[11], 'e', expires, 't', idle, 'o', own)
        if ARGV[9] ~= '' then redis.call('HSET', key, 'u', string.sub(ARGV[9], 2)) end
        for i = 1, tonumber(ARGV[13]) do
            redis.call('HSET', key, ARGV[at], ARGV[at + 1])
            at = at + 2
        end
        for i = at, #ARGV do redis.call('HDEL', key, ARGV[i]) end
        redis.call('PEXPIRE', key, life)
        return 1
        """);

    /// <summary>ARGV: 2 expires, 3 time to live in ms, 4 modified.</summary>
    public static RedisScript Touch { get; } = new(Head + """
        if not is_there or head[2] then return 0 end
        if later(ARGV[4], head[3]) then redis.call('HSET', key, 'm', ARGV[4]) end
        if later(ARGV[2], head[1]) then
            redis.call('HSET', key, 'e', ARGV[2])
            redis.call('PEXPIRE', key, ARGV[3])
        end
        return 1
        """);

    /// <summary>KEYS[2]: the new key. ARGV: 2 its hash, 3 when the pointer ends, 4 the same in ms from now.</summary>
    public static RedisScript Renew { get; } = new(Head + """
        if not is_there or head[2] then return 0 end
        redis.call('RENAME', key, KEYS[2])
        redis.call('HSET', key, 's', ARGV[2], 'e', ARGV[3])
        redis.call('PEXPIRE', key, ARGV[4])
        return 1
        """);

    /// <summary>A key that was renewed stays.</summary>
    public static RedisScript Remove { get; } = new(Head + """
        if is_there and head[2] then return 0 end
        redis.call('UNLINK', key)
        return is_there and 1 or 0
        """);

    /// <summary>ARGV: 2 time to live in ms, 3 the last sign of life; then all fields with their values.</summary>
    public static RedisScript Import { get; } = new(Head + """
        if is_there and (head[2] or not later(ARGV[3], head[3])) then return 0 end
        redis.call('DEL', key)
        for i = 4, #ARGV, 2 do redis.call('HSET', key, ARGV[i], ARGV[i + 1]) end
        redis.call('PEXPIRE', key, ARGV[2])
        return 1
        """);

    /// <summary>
    /// One page of keys, looked at where they lie: nothing of them comes over the network. ARGV: 2 cursor, 3 pattern, 4 keys per page, 5 the most that is
    /// removed, 6 without a sign of life since then, or '', 7 is forced. Answers how many, and the cursor of the next page, or of this one if there
    /// is more to remove in it.
    /// </summary>
    public static RedisScript Trash { get; } = new(Later + """
        local call = redis.call
        local page = call('SCAN', ARGV[2], 'MATCH', ARGV[3], 'COUNT', ARGV[4])
        local limit, oldest, is_forced = tonumber(ARGV[5]), ARGV[6], ARGV[7] == '1'
        local trash, sessions, is_done = {}, 0, 1
        for _, key in ipairs(page[2]) do
            local head = call('HMGET', key, 'm', 'o', 'e')
            local is_old = oldest ~= '' and head[1] and (is_forced or head[2] ~= '1') and not later(head[1], oldest)
            if is_old or (head[3] and not later(head[3], now)) then
                if #trash == limit then
                    is_done = 0
                    break
                end
                trash[#trash + 1] = key
                if head[1] then sessions = sessions + 1 end
            end
        end
        if #trash > 0 then call('UNLINK', unpack(trash)) end
        return {sessions, is_done == 1 and page[1] or ARGV[2], is_done}
        """);
}
