using LicenceChain.Contracts.Execution;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Membership;

/// <summary>C-CHANGE: the validator set. What is committed in h is active from h+1.</summary>
internal static class ValidatorChanges
{
    /// <summary>
    /// Replaces the set. The new one names the set it was made for, so that two changes approved side by side cannot add up to one that nobody saw; and more than two thirds
    /// of its seats are those of the present set with the same keys: were every newcomer dead, the rest still decide blocks and still govern.
    /// </summary>
    public static Refusal? Set(ChangeView view, SetValidators change, string where)
    {
        if (!ValidatorSet.TryFrom(change.Validators, out var next))
            return new Refusal(MembershipCodes.BadValidators, $"{where}: validators are {ValidatorSet.MinCount} to {ProtocolLimits.MaxValidators} with distinct keys and members.");
        if (!ValidatorSet.TryFrom(Seats.Read(view), out var present)) throw Stored.Broken("its validator set is not sound");
        if (!change.BaseHash.Span.SequenceEqual(present.Hash.Span))
            return new Refusal(MembershipCodes.StaleSet, $"{where}: base_hash is not that of the present set, {present.Hash}.");
        if (next.Hash == present.Hash) return new Refusal(MembershipCodes.StaleSet, $"{where}: that is the present set.");
        var newcomers = next.Validators.Where(v => !present.TryIndexOf(v.Key.Id, out var index) || present.Validators[index].Member != v.Member).ToList();
        var kept = next.Count - newcomers.Count;
        if (!Seats.Suffice(kept, next.Count))
            return new Refusal(MembershipCodes.TooManyNewSeats, $"{where}: {kept} of {next.Count} seats stay; more than two thirds must, so that the newcomers' absence stops nobody. Go in steps.");
        foreach (var one in newcomers)
            if (CheckNewcomer(view, one, where) is { } refusal)
                return refusal;
        return PastValidators.Keep(view, present, where) is { } late ? late : Put(view, next);
    }

    private static Refusal? Put(ChangeView view, ValidatorSet next)
    {
        view.Put(StateKeys.Validators, next.ToMessage(), "validators.changed", next.Hash.ToString());
        return null;
    }

    // Those that stay are not asked again: an expired key of one must not keep the others from replacing theirs.
    private static Refusal? CheckNewcomer(ChangeView view, Validator seat, string where)
    {
        if (view.Find(StateKeys.Member(seat.Member), MemberRecord.Parser) is not { Status: StandingStatus.Active } member || !member.Roles.Contains(MemberRole.Validator))
            return new Refusal(MembershipCodes.ValidatorWithoutRole, $"{where}: {seat.Member} is no active member with role VALIDATOR.");
        if (view.Find(StateKeys.Key(seat.Key.Id), KeyRecord.Parser) is not { Status: StandingStatus.Active } key || key.Member != seat.Member.Value || !key.Roles.Contains(KeyRole.Consensus))
            return new Refusal(MembershipCodes.ValidatorWithoutRole, $"{where}: {seat.Key.Id} is no active key of {seat.Member} with role CONSENSUS.");
        if (key.ExpiresMs <= view.Now.Milliseconds) return new Refusal(MembershipCodes.ValidatorWithoutRole, $"{where}: the key {seat.Key.Id} expired.");
        return Governors.HasOne(view, seat.Member) ? null : new Refusal(MembershipCodes.LastGovernor, $"{where}: {seat.Member} has no active key with role GOVERN.");
    }
}
