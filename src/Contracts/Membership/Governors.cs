using Google.Protobuf;
using LicenceChain.Contracts.Execution;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Membership;

/// <summary>The keys with which a member governs. Kept as a list of its own, so that nobody takes a validating member's last one and with it its vote.</summary>
internal static class Governors
{
    /// <summary>Most such keys of a member that are not removed.</summary>
    public const int MaxKeys = 32;

    /// <summary>True when the member can govern now: a key with the role is active and unexpired.</summary>
    public static bool HasOne(ChangeView view, OrganisationCode member)
    {
        foreach (var id in Read(view, member).KeyIds)
        {
            if (!KeyId.TryFrom(id.Span, out var key) || view.Find(StateKeys.Key(key), KeyRecord.Parser) is not { } record) continue;
            if (record.Status == StandingStatus.Active && record.Roles.Contains(KeyRole.Govern) && record.ExpiresMs > view.Now.Milliseconds) return true;
        }

        return false;
    }

    /// <summary>
    /// True when none of the member's governing keys is valid for longer than <paramref name="key"/>: once it has expired, all have, and those that lapsed before it stay without power.
    /// </summary>
    public static bool IsLast(IStateReader state, OrganisationCode member, KeyId key)
    {
        var keys = Active(state, member);
        var own = keys.Find(one => one.Key == key);
        return own != default && keys.TrueForAll(one => one.ExpiresMs <= own.ExpiresMs);
    }

    /// <summary>The member's active governing keys, ascending, with their last instant; at most <see cref="MaxKeys"/>.</summary>
    public static List<(KeyId Key, ulong ExpiresMs)> Active(IStateReader state, OrganisationCode member)
    {
        var keys = new List<(KeyId, ulong)>();
        if (!state.TryGet(StateKeys.Governors(member), out var bytes)) return keys;
        foreach (var id in Stored.Parse(GovernorsRecord.Parser, bytes).KeyIds)
        {
            if (!KeyId.TryFrom(id.Span, out var key) || !state.TryGet(StateKeys.Key(key), out var found)) continue;
            var record = Stored.Parse(KeyRecord.Parser, found);
            if (record.Status == StandingStatus.Active) keys.Add((key, record.ExpiresMs));
        }

        return keys;
    }

    /// <summary>Brings the list up after a key's record changed.</summary>
    public static Refusal? Note(ChangeView view, OrganisationCode member, KeyId key, KeyRecord record, string where)
    {
        var list = Read(view, member);
        var at = Find(list, key, out var isThere);
        var belongs = record.Roles.Contains(KeyRole.Govern) && record.Status != StandingStatus.Removed;
        if (belongs == isThere) return null;
        if (belongs && list.KeyIds.Count >= MaxKeys) return new Refusal(MembershipCodes.BadKey, $"{where}: {member} has {MaxKeys} keys with role GOVERN: remove one first.");
        if (belongs) list.KeyIds.Insert(at, ByteString.CopyFrom(key.Value.Span));
        else list.KeyIds.RemoveAt(at);
        view.Put(StateKeys.Governors(member), list);
        return null;
    }

    private static GovernorsRecord Read(ChangeView view, OrganisationCode member) =>
        view.Find(StateKeys.Governors(member), GovernorsRecord.Parser)?.Clone() ?? new GovernorsRecord();

    private static int Find(GovernorsRecord list, KeyId key, out bool isThere)
    {
        var at = 0;
        while (at < list.KeyIds.Count && list.KeyIds[at].Span.SequenceCompareTo(key.Value.Span) < 0) at++;
        isThere = at < list.KeyIds.Count && list.KeyIds[at].Span.SequenceEqual(key.Value.Span);
        return at;
    }
}
