using LicenceChain.Contracts.Execution;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Contracts.Membership;

/// <summary>When keys expire, for whoever has to renew them in time.</summary>
public static class KeyExpiry
{
    /// <summary>The last instant of an active key; null where the chain knows none.</summary>
    public static UnixTime? Of(IStateReader state, KeyId key) => Find(state, key) is { Status: StandingStatus.Active } record ? new UnixTime(record.ExpiresMs) : null;

    /// <summary>Of the member that <paramref name="key"/> belongs to, the active governing key that is valid longest; null where there is none.</summary>
    public static (KeyId Key, UnixTime Expires)? LastGovernor(IStateReader state, KeyId key)
    {
        if (Find(state, key) is not { } record || !OrganisationCode.TryParse(record.Member, out var member)) return null;
        var keys = Governors.Active(state, member);
        return keys.Count == 0 ? null : keys.Select(one => (one.Key, new UnixTime(one.ExpiresMs))).MaxBy(one => one.Item2.Milliseconds);
    }

    private static KeyRecord? Find(IStateReader state, KeyId key)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.TryGet(StateKeys.Key(key), out var bytes) ? Stored.Parse(KeyRecord.Parser, bytes) : null;
    }
}
