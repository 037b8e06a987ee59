using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>What the liars together overheard of one height.</summary>
internal sealed class HeightNotes(BlockHeader head, int quorum)
{
    private const int MaxBlocks = 8;
    private const int MaxRounds = 12;

    private readonly List<(uint Round, Block Block)> _blocks = [];
    private readonly Dictionary<(uint Round, Google.Protobuf.ByteString Digest), SortedDictionary<uint, VoteMessage>> _prepares = [];
    private readonly SortedDictionary<uint, SortedDictionary<uint, VoteMessage>> _changes = [];
    private readonly SortedDictionary<uint, Claim> _claims = [];

    public BlockHeader Head => head;

    /// <summary>The latest round in which a correct validator was heard.</summary>
    public uint Round { get; private set; }

    /// <summary>Proposed blocks with the rounds they were proposed in.</summary>
    public IReadOnlyList<(uint Round, Block Block)> Blocks => _blocks;

    /// <summary>True prepared certificates by round, earliest first.</summary>
    public IReadOnlyCollection<Claim> Claims => _claims.Values;

    public void Learn(ConsensusMessage message)
    {
        switch (message.ContentCase)
        {
            case ConsensusMessage.ContentOneofCase.Proposal: LearnProposal(message.Proposal); break;
            case ConsensusMessage.ContentOneofCase.Prepare: LearnPrepare(message.Prepare); break;
            case ConsensusMessage.ContentOneofCase.Commit: Meet(message.Commit.Round); break;
            case ConsensusMessage.ContentOneofCase.RoundChange: LearnRoundChange(message.RoundChange); break;
            default: break;
        }
    }

    /// <summary>A block that a liar shows is known to all of them.</summary>
    public void Note(uint round, Block block)
    {
        if (_blocks.Count < MaxBlocks && !_blocks.Exists(one => one.Round == round && one.Block.Header.Digest == block.Header.Digest)) _blocks.Add((round, block));
    }

    /// <summary>RoundChange votes of a round by signer, ascending.</summary>
    public IReadOnlyDictionary<uint, VoteMessage> ChangesOf(uint round) => _changes.TryGetValue(round, out var heard) ? heard : new SortedDictionary<uint, VoteMessage>();

    /// <summary>Rounds for which RoundChanges were heard, ascending.</summary>
    public IEnumerable<uint> RoundsAsked => _changes.Keys;

    /// <summary>The Prepares heard of a block in a round, by signer, ascending.</summary>
    public IReadOnlyDictionary<uint, VoteMessage> PreparesOf(uint round, Block block) =>
        _prepares.TryGetValue((round, Google.Protobuf.ByteString.CopyFrom(block.Header.Digest.Span)), out var heard) ? heard : new SortedDictionary<uint, VoteMessage>();

    private void LearnProposal(ProposalMessage proposal)
    {
        Meet(proposal.Vote.Round);
        if (Block.TryParse(proposal.Block.Memory, out var block)) Note(proposal.Vote.Round, block);
        foreach (var one in proposal.RoundChanges) LearnChange(one);
        foreach (var one in proposal.Prepares) LearnPrepare(one);
    }

    private void LearnRoundChange(RoundChangeMessage change)
    {
        Meet(change.Vote.Round);
        LearnChange(change.Vote);
        if (change.Vote.PreparedRoundPlusOne == 0 || !Block.TryParse(change.Block.Memory, out var block)) return;
        Note(change.Vote.PreparedRoundPlusOne - 1, block);
        foreach (var one in change.Prepares) LearnPrepare(one);
    }

    private void LearnChange(VoteMessage vote)
    {
        if (!_changes.TryGetValue(vote.Round, out var heard))
        {
            if (_changes.Count >= MaxRounds) return;
            _changes.Add(vote.Round, heard = []);
        }

        heard.TryAdd(vote.Validator, vote);
    }

    private void LearnPrepare(VoteMessage vote)
    {
        Meet(vote.Round);
        if (!_prepares.TryGetValue((vote.Round, vote.Digest), out var heard))
        {
            if (_prepares.Count >= MaxRounds * 2) return;
            _prepares.Add((vote.Round, vote.Digest), heard = []);
        }

        heard.TryAdd(vote.Validator, vote);
        if (heard.Count < quorum || _claims.ContainsKey(vote.Round)) return;
        var block = _blocks.Find(one => one.Block.Header.Digest.Span.SequenceEqual(vote.Digest.Span)).Block;
        if (block is not null) _claims.Add(vote.Round, new Claim(vote.Round, block, [.. heard.Values.Take(quorum)]));
    }

    private void Meet(uint round)
    {
        // A round that only liars talk of is no news.
        if (round <= MaxRounds) Round = uint.Max(Round, round);
    }
}
