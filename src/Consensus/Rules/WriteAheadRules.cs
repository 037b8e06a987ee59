using LicenceChain.Consensus.Messages;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Rules;

/// <summary>
/// C-WAL for one height: what this key has signed. Rounds only grow, so the votes of the latest round that was voted in suffice to refuse every
/// contradiction; the last Commit of an earlier round is kept to be sent again, since it may still complete a quorum.
/// </summary>
internal sealed class WriteAheadRules
{
    private static readonly VoteType[] Order = [VoteType.RoundChange, VoteType.Proposal, VoteType.Prepare, VoteType.Commit];

    private readonly VerifiedMessage?[] _signed = new VerifiedMessage?[(int)VoteType.RoundChange + 1];
    private VerifiedMessage? _earlierCommit;

    /// <summary>The latest round that was voted in.</summary>
    public Round Round { get; private set; }

    /// <summary>False until the first vote of the height.</summary>
    public bool HasVoted { get; private set; }

    /// <summary>What was signed of a type in a round, if it is the latest round; else null.</summary>
    public VerifiedMessage? Find(VoteType type, Round round) => round == Round ? _signed[(int)type] : null;

    public WriteAheadAnswer Ask(VoteType type, Round round, Hash256 digest, PreparedCertificate? claim)
    {
        if (round < Round) return WriteAheadAnswer.Conflict;
        if (Find(type, round) is not { } stored) return WriteAheadAnswer.New;
        var same = stored.Vote.Digest == digest && stored.Vote.PreparedRound == claim?.Round && stored.Vote.PreparedDigest == (claim?.Digest ?? Hash256.Zero);
        return same ? WriteAheadAnswer.Identical : WriteAheadAnswer.Conflict;
    }

    /// <summary>Remembers a vote that was signed now or is replayed from the log.</summary>
    public void Record(VerifiedMessage own)
    {
        if (own.Round < Round) return;
        if (own.Round > Round)
        {
            _earlierCommit = _signed[(int)VoteType.Commit] ?? _earlierCommit;
            Array.Clear(_signed);
            Round = own.Round;
        }

        _signed[(int)own.Type] ??= own;
        HasVoted = true;
    }

    /// <summary>The stored votes to send again until the height is decided, in an order that a receiver can use.</summary>
    public IReadOnlyList<VerifiedMessage> ToResend()
    {
        var all = new List<VerifiedMessage>(Order.Length + 1);
        if (_earlierCommit is not null) all.Add(_earlierCommit);
        foreach (var type in Order)
            if (_signed[(int)type] is { } own)
                all.Add(own);
        return all;
    }
}
