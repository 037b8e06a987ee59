using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Membership;

/// <summary>Keys: added, suspended, removed, and let vote again.</summary>
internal static class KeyChanges
{
    /// <summary>Furthest that a height from which a key may vote again may lie ahead.</summary>
    public const ulong MaxWait = 100_000;

    /// <summary>
    /// Writes a key's record. Its member stays, CONSENSUS neither comes nor goes, and a removed key stays removed: it may be in other hands. The key of a seat stays active,
    /// and a member with a seat keeps a key with which it can govern. The node of a key that is no longer active is struck from the list.
    /// </summary>
    public static Refusal? Put(ChangeView view, KeyRecord key, string where)
    {
        if (MembershipRules.CheckKey(key, where, view.Now, out var id) is { } refusal) return refusal;
        if (!OrganisationCode.TryParse(key.Member, out var member) || view.Find(StateKeys.Member(member), MemberRecord.Parser) is null)
            return new Refusal(MembershipCodes.UnknownMember, $"{where}: member is none of the chain's.");
        var at = StateKeys.Key(id);
        if ((view.Find(at, KeyRecord.Parser) is { } before ? CheckSuccessor(before, key, where) : CheckNew(key, where)) is { } wrong) return wrong;
        var seat = Seats.Read(view).Validators.FirstOrDefault(v => v.Member == member.Value);
        if (seat is not null && seat.PublicKey == key.PublicKey && key.Status != StandingStatus.Active)
            return new Refusal(MembershipCodes.HasSeat, $"{where}: {id} is the key of a seat in the validator set; replace it there first.");
        var couldGovern = seat is not null && Governors.HasOne(view, member);
        view.Put(at, key, "key.changed", id.ToString());
        if (key.Status != StandingStatus.Active) NodeChanges.Strike(view, id);
        if (Governors.Note(view, member, id, key, where) is { } tooMany) return tooMany;
        return couldGovern && !Governors.HasOne(view, member)
            ? new Refusal(MembershipCodes.LastGovernor, $"{where}: {member} has a seat and would have no active key with role GOVERN left.")
            : null;
    }

    /// <summary>C-RESTART: lets a key whose vote log was lost vote again from a height on, at the earliest two above this block: below, its holder may have voted.</summary>
    public static Refusal? AllowVoting(ChangeView view, AllowVoting change, string where)
    {
        if (!KeyId.TryFrom(change.KeyId.Span, out var id) || view.Find(StateKeys.Key(id), KeyRecord.Parser) is not { Status: StandingStatus.Active } key || !key.Roles.Contains(KeyRole.Consensus))
            return new Refusal(MembershipCodes.NoConsensusKey, $"{where}: key_id is no active key with role CONSENSUS.");
        if (change.FromHeight > view.Height.Value + MaxWait)
            return new Refusal(MembershipCodes.BadExpiry, $"{where}: from_height is {change.FromHeight}; at most {MaxWait} above this block, {view.Height}.");
        var record = new VotingAllowedRecord { KeyId = change.KeyId, FromHeight = ulong.Max(change.FromHeight, view.Height.Value + 2), Height = view.Height.Value };
        view.Put(StateKeys.VotingAllowed(id), record, "voting.allowed", id.ToString());
        return null;
    }

    private static Refusal? CheckNew(KeyRecord key, string where) =>
        key.Status == StandingStatus.Active ? null : new Refusal(MembershipCodes.BadKey, $"{where}: a new key's status is ACTIVE.");

    private static Refusal? CheckSuccessor(KeyRecord before, KeyRecord key, string where)
    {
        if (before.Member != key.Member) return new Refusal(MembershipCodes.BadKey, $"{where}: the key belongs to {before.Member}.");
        if (before.Roles.Contains(KeyRole.Consensus) != key.Roles.Contains(KeyRole.Consensus)) return new Refusal(MembershipCodes.BadKey, $"{where}: the role CONSENSUS neither comes nor goes.");
        return before.Status == StandingStatus.Removed ? new Refusal(MembershipCodes.BadKey, $"{where}: the key was removed, for good: take a new one.") : null;
    }
}
