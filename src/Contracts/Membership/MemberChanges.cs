using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Membership;

/// <summary>Members: admitted, changed, suspended, removed.</summary>
internal static class MemberChanges
{
    /// <summary>Writes a member's record. Its region stays; and while it has a seat it stays active with role VALIDATOR: the seat is taken first.</summary>
    public static Refusal? Put(ChangeView view, MemberRecord member, string where)
    {
        if (MembershipRules.CheckMember(member, where, out var code) is { } refusal) return refusal;
        var at = StateKeys.Member(code);
        var before = view.Find(at, MemberRecord.Parser);
        if (before is null && member.Status != StandingStatus.Active) return new Refusal(MembershipCodes.BadMember, $"{where}: a new member's status is ACTIVE.");
        if (before is not null && before.Region != member.Region) return new Refusal(MembershipCodes.BadMember, $"{where}: {code} belongs to region {before.Region}.");
        if (Seats.Has(Seats.Read(view), code.Value) && (member.Status != StandingStatus.Active || !member.Roles.Contains(MemberRole.Validator)))
            return new Refusal(MembershipCodes.HasSeat, $"{where}: {code} has a seat in the validator set; take it out of the set first.");
        view.Put(at, member, "member.changed", code.Value);
        return null;
    }
}
