using LicenceChain.Consensus.Messages;
using LicenceChain.Consensus.Tests.Solo;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Tests.Cluster;

/// <summary>
/// A validator that votes for everything, forgets what it prepared, shows each peer another story and proposes whatever the RoundChanges it picks let pass.
/// Its messages are signed and well formed, for only such reach the state machine.
/// </summary>
internal sealed class Liar(SimulatedCluster cluster, int host, Dictionary<Height, Liar.Story> stories)
{
    private const int MaxActions = 4_000;
    private int _actions;

    /// <summary>A height begins: as its first proposer it tells two stories.</summary>
    public void Begin(Height height) => Propose(height, StoryOf(height), 0);

    public void Hear(ReadOnlyMemory<byte> bytes)
    {
        if (!MessageVerifier.TryPeekHeight(bytes, out var height) || _actions >= MaxActions) return;
        var story = StoryOf(height);
        story.Learn(ConsensusMessage.Parser.ParseFrom(bytes.Span));
        if (cluster.Random.Next(100) >= 40) return;
        _actions++;
        var round = story.Round + (uint)cluster.Random.Next(2);
        switch (cluster.Random.Next(5))
        {
            case 0: ToEach(to => story.BlockFor(to, cluster.Random) is { } block ? story.Forge.Prepare(host, story.Round, block) : null); break;
            case 1: ToEach(to => story.BlockFor(to, cluster.Random) is { } block ? story.Forge.Commit(host, story.Round, block) : null); break;
            case 2: ToEach(_ => round == 0 ? null : story.Forge.RoundChange(host, round, story.AnyClaim(cluster.Random, round))); break;
            case 3: ToEach(_ => story.Forge.RoundChange(host, cluster.Random.Next(2) == 0 ? ConsensusLimits.MaxRound : round + 1)); break;
            default: Propose(height, story, round); break;
        }
    }

    // Two blocks for two halves in round 0; later, RoundChanges picked so as to hide what was prepared.
    private void Propose(Height height, Story story, uint round)
    {
        if (cluster.Set.ProposerIndex(height, new Round(round)) != host || cluster.ChainOf(height) is not { } below) return;
        ToEach(to =>
        {
            var fresh = TestBlocks.Above(below.Head, cluster.Set, new Round(round), below.Head.Time.Plus(1), (ulong)(to / 2 % 2), below.Certificate);
            if (round == 0) return story.Show(to, fresh, story.Forge.Proposal(fresh, 0));
            if (story.PickRoundChanges(cluster.Set, host, round) is not { } changes) return null;
            var highest = changes.Max(c => c.PreparedRoundPlusOne);
            if (highest == 0) return story.Show(to, fresh, story.Forge.Proposal(fresh, round, changes));
            return story.ClaimOf(highest - 1) is { } claim ? story.Forge.Proposal(claim.Block, round, changes, claim.Prepares) : null;
        });
    }

    private void ToEach(Func<int, byte[]?> message)
    {
        foreach (var node in cluster.Nodes)
            if (node.IsUp && message(node.Host) is { } bytes)
                cluster.Transmit(host, node.Host, () => node.Receive(host, bytes));
    }

    private Story StoryOf(Height height)
    {
        if (stories.TryGetValue(height, out var story)) return story;
        return stories[height] = new Story(new Forge(cluster.Set, height));
    }

    /// <summary>What the liars together overheard and told of one height.</summary>
    internal sealed class Story(Forge forge)
    {
        private readonly Dictionary<int, Block> _shown = [];
        private readonly List<Block> _blocks = [];
        private readonly SortedDictionary<uint, Forge.Claim> _claims = [];
        private readonly Dictionary<uint, SortedDictionary<uint, VoteMessage>> _changes = [];

        public Forge Forge => forge;

        public uint Round { get; private set; }

        public void Learn(ConsensusMessage message)
        {
            if (message.Proposal is { } proposal)
            {
                Round = uint.Max(Round, proposal.Vote.Round);
                if (Block.TryParse(proposal.Block.Memory, out var block) && _blocks.TrueForAll(b => b.Header.Digest != block.Header.Digest)) _blocks.Add(block);
            }

            if (message.RoundChange is { } change)
            {
                Round = uint.Max(Round, change.Vote.Round);
                if (!_changes.TryGetValue(change.Vote.Round, out var votes)) _changes[change.Vote.Round] = votes = [];
                votes[change.Vote.Validator] = change.Vote;
                if (change.Prepares.Count > 0 && Block.TryParse(change.Block.Memory, out var block))
                    _claims[change.Vote.PreparedRoundPlusOne - 1] = new Forge.Claim(change.Vote.PreparedRoundPlusOne - 1, block, change.Prepares);
            }
        }

        public byte[] Show(int to, Block block, byte[] proposal)
        {
            _shown[to] = block;
            Learn(ConsensusMessage.Parser.ParseFrom(proposal));
            return proposal;
        }

        /// <summary>Mostly the block that this peer was shown.</summary>
        public Block? BlockFor(int to, Random random)
        {
            if (random.Next(4) > 0 && _shown.TryGetValue(to, out var shown)) return shown;
            return _blocks.Count == 0 ? null : _blocks[random.Next(_blocks.Count)];
        }

        public Forge.Claim? ClaimOf(uint round) => _claims.GetValueOrDefault(round);

        /// <summary>A claim that can be proven, perhaps an old one; often none: forgetting is the lie.</summary>
        public Forge.Claim? AnyClaim(Random random, uint below)
        {
            var known = _claims.Values.Where(c => c.Round < below).ToList();
            return known.Count == 0 || random.Next(2) == 0 ? null : known[random.Next(known.Count)];
        }

        /// <summary>Q RoundChanges with the lowest claims that were heard, its own without any.</summary>
        public List<VoteMessage>? PickRoundChanges(ValidatorSet all, int self, uint round)
        {
            if (!_changes.TryGetValue(round, out var heard)) return null;
            var own = forge.Vote(VoteType.RoundChange, self, round);
            var picked = heard.Values.Where(v => v.Validator != self).Append(own).OrderBy(v => v.PreparedRoundPlusOne).Take(all.Quorum).OrderBy(v => v.Validator).ToList();
            return picked.Count == all.Quorum ? picked : null;
        }
    }
}
