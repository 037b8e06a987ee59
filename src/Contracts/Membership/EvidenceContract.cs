using LicenceChain.Contracts.Execution;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Membership;

/// <summary>C-EVIDENCE: two signed votes that no correct validator makes both stand on the chain, once for each key and height; governance decides what follows.</summary>
internal static class EvidenceContract
{
    /// <summary>Records evidence. From the cheapest question to the dearest; the signatures come last.</summary>
    public static Refusal? Record(Call call, EvidenceMessage arguments)
    {
        // 1. Two sound votes of one seat and height that contradict each other.
        if (arguments is not { First: { } first, Second: { } second } || !VoteContent.TryRead(first, out var one) || !VoteContent.TryRead(second, out var other))
            return new Refusal(MembershipCodes.BadVote, "first and second are votes as validators send them.");
        if (first.Validator != second.Validator || first.Height != second.Height)
            return new Refusal(MembershipCodes.VotesApart, "first and second are of one seat and one height.");
        if (!Contradict(first, one, second, other) && !Forgets(first, second) && !Forgets(second, first))
            return new Refusal(MembershipCodes.NoContradiction, "A correct validator may have signed both votes.");
        var height = new Height(first.Height);
        if (height > call.Height) return new Refusal(MembershipCodes.FutureVotes, $"The votes are of height {height}; this block is of {call.Height}.");

        // 2. The seat as the set of that height had it.
        if (!TryFindSeat(call, height, first.Validator, out var seat, out var key)) return NotTheSeats;
        var at = StateKeys.Evidence(key.Id, height);
        if (call.Exists(at)) return new Refusal(MembershipCodes.EvidenceRecorded, $"Evidence against {key.Id} at height {height} is recorded already.");
        if (!one.IsSigned(first, call.Chain, key) || !other.IsSigned(second, call.Chain, key)) return NotTheSeats;

        // 3. Recorded.
        var record = new EvidenceRecord
        {
            Votes = arguments,
            KeyId = Google.Protobuf.ByteString.CopyFrom(key.Id.Value.Span),
            Member = seat.Member,
            Reporter = call.Signer.Member.Value,
            TimeMs = call.Now.Milliseconds,
            Height = call.Height.Value,
        };
        call.Put(at, record, "evidence.recorded", $"{key.Id}.{height}");
        return null;
    }

    private static Refusal NotTheSeats => new(
        MembershipCodes.NotTheSeats, $"The votes are not signed by the seat's key in the validator set of their height: they are forged, or older than the last {PastValidators.MaxSets} changes of the set.");

    // (1) The same type and round, another digest; a RoundChange has a claim in its place.
    private static bool Contradict(VoteMessage first, VoteContent one, VoteMessage second, VoteContent other) =>
        first.Type == second.Type && first.Round == second.Round && one != other;

    // (2) A Commit of r, and a RoundChange to a later round that claims less than r, or nothing.
    private static bool Forgets(VoteMessage commit, VoteMessage change) =>
        commit.Type == VoteType.Commit && change.Type == VoteType.RoundChange && change.Round > commit.Round && change.PreparedRoundPlusOne <= commit.Round;

    private static bool TryFindSeat(Call call, Height height, uint index, out ValidatorMessage seat, out Sm2PublicKey key)
    {
        var set = PastValidators.At(call, height);
        (seat, key) = (null!, null!);
        if (index >= (uint)set.Validators.Count) return false;
        seat = set.Validators[(int)index];
        key = Sm2PublicKey.TryParse(seat.PublicKey.Span, out var parsed) ? parsed : throw Stored.Broken("a validator's key is malformed");
        return true;
    }
}
