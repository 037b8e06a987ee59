using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>
/// All liars of a run, who share what they know. They are told each message that is addressed to them and each head that everybody knows, and answer with letters; they know nothing of
/// the simulation around them, and sign with their own keys only.
/// </summary>
internal sealed class Coalition
{
    private const int LettersPerValidator = 60;
    private const int MaxHeard = 64;
    private const int ActPercent = 55;

    private readonly Surroundings _world;
    private readonly List<(Plot Plot, Pen Pen, IReadOnlyList<IStrategy> Strategies)> _members = [];
    private readonly List<Letter> _letters = [];
    private readonly List<ReadOnlyMemory<byte>> _heard = [];
    private readonly int _maxLetters;
    private int _posted;

    /// <summary><paramref name="sides"/>: for each validator, which of two stories it is told. <paramref name="heights"/>: for how many heights the letters must last.</summary>
    public Coalition(Surroundings world, IReadOnlyList<FaultySeat> seats, ulong sides, int heights, Dice dice)
    {
        _world = world;
        Dice = dice;
        _maxLetters = LettersPerValidator * world.Set.Count * heights;
        Notes = new HeightNotes(world.Head, world.Set.Quorum);
        foreach (var one in seats)
        {
            var pen = new Pen(one.Seat, world.Signers[one.Seat]);
            var plot = new Plot(this, world, one.Seat, pen, sides);
            _members.Add((plot, pen, [.. one.Strategies.Select(name => StrategyCatalogue.Create(name, plot))]));
        }
    }

    public Dice Dice { get; }

    public HeightNotes Notes { get; private set; }

    public HeightNotes? Earlier { get; private set; }

    /// <summary>Some of what was heard, of every height.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Heard => _heard;

    /// <summary>A block was decided, and its header is known to all: the height above it begins.</summary>
    public IReadOnlyList<Letter> Begin(BlockHeader head)
    {
        if (head.Height > Notes.Head.Height) (Earlier, Notes) = (Notes, new HeightNotes(head, _world.Set.Quorum));
        Each((strategy, plot) => strategy.OnHeight(plot));
        return TakeLetters();
    }

    public IReadOnlyList<Letter> Hear(ReadOnlyMemory<byte> bytes)
    {
        if (_world.Parse(bytes) is not { } content || Known.VoteOf(content)?.Height != Notes.Head.Height.Value + 1) return [];
        if (_heard.Count < MaxHeard) _heard.Add(bytes);
        else _heard[Dice.Below(MaxHeard)] = bytes;
        Notes.Learn(content);
        Each((strategy, plot) => { if (Dice.Percent(ActPercent)) strategy.OnMessage(plot, content); });
        return TakeLetters();
    }

    /// <summary>Time went by.</summary>
    public IReadOnlyList<Letter> Act()
    {
        Each((strategy, plot) => strategy.OnTime(plot));
        return TakeLetters();
    }

    /// <summary>The liars' own RoundChanges of a round, without any claim.</summary>
    public IEnumerable<VoteMessage> OwnRoundChanges(uint round) =>
        round == 0 ? [] : _members.Select(member => member.Pen.Vote(VoteType.RoundChange, Notes.Head.Height.Next, round));

    public void Post(Letter letter)
    {
        if (_posted >= _maxLetters) return;
        _posted++;
        _letters.Add(letter);
    }

    private void Each(Action<IStrategy, Plot> act)
    {
        foreach (var (plot, _, strategies) in _members)
            foreach (var strategy in strategies)
                act(strategy, plot);
    }

    private Letter[] TakeLetters()
    {
        Letter[] letters = [.. _letters];
        _letters.Clear();
        return letters;
    }
}
