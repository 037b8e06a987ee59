using LicenceChain.Consensus.Messages;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Rules;

/// <summary>C-EVIDENCE: compares each verified vote of a height with those held of the same signer. At most one report per signer and kind.</summary>
internal sealed class EvidenceDetector(int validators)
{
    private readonly bool[] _equivocated = new bool[validators];
    private readonly bool[] _forgot = new bool[validators];

    /// <summary>The first contradiction that <paramref name="vote"/> brings to light, or null.</summary>
    public EvidenceMessage? Check(VoteLedger held, VerifiedVote vote)
    {
        // (1) The same signer, type, height and round, another digest.
        if (held.Find(vote.Validator, vote.Type, vote.Round) is { } twin && !twin.Vote.SaysTheSameAs(vote) && !_equivocated[vote.Validator])
        {
            _equivocated[vote.Validator] = true;
            return Pair(twin.Vote, vote);
        }

        // (2) A Commit, and a later RoundChange that claims nothing as recent as what was committed to.
        if (_forgot[vote.Validator]) return null;
        var other = vote.Type switch
        {
            VoteType.Commit => held.Of(vote.Validator, VoteType.RoundChange).FirstOrDefault(change => Forgets(vote, change.Vote)),
            VoteType.RoundChange => held.Of(vote.Validator, VoteType.Commit).FirstOrDefault(commit => Forgets(commit.Vote, vote)),
            _ => null,
        };
        if (other is null) return null;
        _forgot[vote.Validator] = true;
        return vote.Type == VoteType.Commit ? Pair(vote, other.Vote) : Pair(other.Vote, vote);
    }

    private static bool Forgets(VerifiedVote commit, VerifiedVote change) =>
        change.Round > commit.Round && (change.PreparedRound is not { } prepared || prepared < commit.Round);

    private static EvidenceMessage Pair(VerifiedVote first, VerifiedVote second) => new() { First = first.Message.Clone(), Second = second.Message.Clone() };
}
