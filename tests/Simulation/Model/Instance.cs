using LicenceChain.Consensus;
using LicenceChain.Consensus.Tests.Cluster;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Model;

/// <summary>
/// The bounded instance: four validators, height 1, correct ones that enter only the first rounds. Each round has one block that its proposer would build, a
/// round of the Byzantine seat two. Every statement that can be made has a fixed number below 64, so a set of statements is a word.
/// </summary>
internal sealed class Instance
{
    public const int Seats = 4;
    public const int MaxStatements = 64;
    private readonly Dictionary<Statement, int> _numbers = [];
    private readonly Dictionary<Hash256, int> _blockNumbers = [];
    private readonly List<Statement> _statements = [];
    private readonly List<(Block Block, int Round, string Name)> _blocks = [];

    public Instance(int rounds, int byzantine)
    {
        Rounds = rounds;
        Byzantine = byzantine;
        Correct = [.. Enumerable.Range(0, Seats).Where(seat => seat != byzantine)];
        for (var round = 0; round < rounds; round++)
        {
            AddBlock(round, "A");
            if (ProposerOf(round) == byzantine) AddBlock(round, "B");
        }

        for (var round = 0; round < rounds; round++) AddStatements(round);
        if (_statements.Count > MaxStatements) throw new ArgumentOutOfRangeException(nameof(rounds), rounds, $"{_statements.Count} statements are too many for a word.");
        _statements.ForEach(one => _numbers.Add(one, _numbers.Count));
    }

    /// <summary>Correct validators enter rounds 0 to one below this.</summary>
    public int Rounds { get; }

    /// <summary>The seat that lies.</summary>
    public int Byzantine { get; }

    /// <summary>The other three.</summary>
    public IReadOnlyList<int> Correct { get; }

    public ValidatorSet Set { get; } = TestKeys.Set(Seats);

    public BlockHeader Head { get; } = TestBlocks.Genesis(TestKeys.Set(Seats));

    public ConsensusOptions Options { get; } = new(TestKeys.Chain);

    /// <summary>The clock stands: C-FRESH holds of every block here, time decides nothing.</summary>
    public UnixTime Now { get; } = TestBlocks.GenesisTime.Plus(1);

    public IReadOnlyList<Statement> Statements => _statements;

    public int BlockCount => _blocks.Count;

    public int ProposerOf(int round) => Set.ProposerIndex(Head.Height.Next, new Round((uint)round));

    /// <summary>The block that the proposer of a round builds.</summary>
    public Block BlockOf(int round) => _blocks.First(one => one.Round == round).Block;

    public Block Block(int number) => _blocks[number].Block;

    public int RoundOfBlock(int number) => _blocks[number].Round;

    public int BlockNumber(Hash256 digest) => digest.IsZero ? -1 : _blockNumbers[digest];

    public int Number(Statement statement) => _numbers[statement];

    /// <summary>The statements of which something holds, as a set.</summary>
    public ulong Where(Func<Statement, bool> holds)
    {
        var set = 0UL;
        for (var i = 0; i < _statements.Count; i++)
            if (holds(_statements[i]))
                set |= 1UL << i;
        return set;
    }

    public string Describe(int number)
    {
        var one = _statements[number];
        var claim = one.Claim < 0 ? "nothing prepared" : $"prepared {_blocks[one.Block].Name} in round {one.Claim}";
        return one.Type == VoteType.RoundChange
            ? $"RoundChange({one.Round}, {claim})"
            : $"{one.Type}({one.Round}, {_blocks[one.Block].Name}{(one.IsProven ? ", proven" : "")})";
    }

    public string DescribeBlock(int number) => number < 0 ? "none" : _blocks[number].Name;

    private void AddBlock(int round, string name)
    {
        var block = TestBlocks.Above(Head, Set, new Round((uint)round), Now, (ulong)_blocks.Count);
        _blockNumbers.Add(block.Header.Digest, _blocks.Count);
        _blocks.Add((block, round, $"{name}{round}"));
    }

    private void AddStatements(int round)
    {
        var known = Enumerable.Range(0, _blocks.Count).Where(block => RoundOfBlock(block) <= round).ToList();
        foreach (var block in known)
        {
            _statements.Add(new Statement(VoteType.Proposal, round, block, -1, RoundOfBlock(block) < round));
            _statements.Add(new Statement(VoteType.Prepare, round, block, -1, false));
            _statements.Add(new Statement(VoteType.Commit, round, block, -1, false));
        }

        if (round == 0) return;
        _statements.Add(new Statement(VoteType.RoundChange, round, -1, -1, false));
        for (var claim = 0; claim < round; claim++)
            foreach (var block in known.Where(block => RoundOfBlock(block) <= claim))
                _statements.Add(new Statement(VoteType.RoundChange, round, block, claim, false));
    }
}
