using System.Numerics;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Model;

/// <summary>
/// Random runs of the same instance without any reduction: real messages with the proofs they were sent with, delivered one at a time to anybody, useful or not,
/// twice or never; both twins from the start. What the correct seats have sent after each step must be something that the search found too: if the
/// reductions of <see cref="LocalStates"/> lost a behaviour, a run would show it.
/// </summary>
internal sealed class Wanderer
{
    private const int MaxSteps = 400;
    private const int ShortSteps = 60;
    private const int MaxKept = 20_000;
    private readonly Search _search;
    private readonly Instance _instance;
    private readonly Forgery _forgery;
    private readonly int _maxRestarts;
    private readonly HashSet<(ulong, ulong, ulong)> _found = [];
    private readonly HashSet<(ulong, ulong, ulong)> _met = [];
    private readonly List<(LocalNode[] Nodes, bool? IsSwapped)> _bases = [];
    private readonly int[] _twinOf;
    private Mail? _mail;
    private Adversary? _adversary;

    public Wanderer(Search exhausted, int maxRestarts = 0)
    {
        (_search, _instance, _maxRestarts) = (exhausted, exhausted.Instance, maxRestarts);
        _forgery = new Forgery(_instance);
        _twinOf = [.. Enumerable.Range(0, _instance.Statements.Count).Select(TwinOf)];
        Span<ulong> sent = stackalloc ulong[3];
        for (var i = 0; i < _search.States.Count; i++)
        {
            _search.SentIn(i, sent);
            _found.Add((sent[0], sent[1], sent[2]));
        }
    }

    /// <summary>How many different sets of sent votes the search found.</summary>
    public int Found => _found.Count;

    /// <summary>How many of them the runs met.</summary>
    public int Met => _met.Count;

    public long Steps { get; private set; }

    /// <summary>One run from the start, with real proofs; throws a <see cref="ModelViolation"/> when it leaves what the search found.</summary>
    public void Run(int seed)
    {
        var mail = new Mail(_instance, _forgery, isLiteral: true);
        var nodes = _instance.Correct.Select(seat => new LocalNode(_instance, mail, _forgery.SignerOf(seat), seat)).ToArray();
        Wander(nodes, new Adversary(_instance, mail, _forgery, ordersTwins: false), null, seed, MaxSteps);
    }

    /// <summary>A run that goes on from where an earlier one met something new, so that rare states are reached too; proofs are those of <see cref="Mail"/>.</summary>
    public void GoOn(int seed)
    {
        if (_bases.Count == 0)
        {
            _mail = new Mail(_instance, _forgery);
            _adversary = new Adversary(_instance, _mail, _forgery, ordersTwins: false);
            _bases.Add(([.. _instance.Correct.Select(seat => new LocalNode(_instance, _mail, _forgery.SignerOf(seat), seat))], null));
        }

        var (nodes, isSwapped) = _bases[new Random(seed).Next(_bases.Count)];
        Wander([.. nodes.Select(node => node.Copy())], _adversary!, isSwapped, seed, ShortSteps, keep: true);
    }

    private void Wander(LocalNode[] nodes, Adversary adversary, bool? isSwapped, int seed, int steps, bool keep = false)
    {
        var random = new Random(seed);
        var network = new ulong[Instance.Seats];
        var mood = new Mood(random.Next(1, 25), random.Next(5, 90), random.Next(90), random.Next(100), random.Next());
        for (var step = 0; step < steps; step++)
        {
            foreach (var node in nodes) network[node.Seat] = node.Sent;
            network[_instance.Byzantine] = adversary.Available(nodes[0].Sent, nodes[1].Sent, nodes[2].Sent);
            Act(nodes[random.Next(3)], network, adversary, random, mood);
            Steps++;
            isSwapped ??= FirstTwin(nodes[0].Sent | nodes[1].Sent | nodes[2].Sent);
            var sent = isSwapped == true ? (Swap(nodes[0].Sent), Swap(nodes[1].Sent), Swap(nodes[2].Sent)) : (nodes[0].Sent, nodes[1].Sent, nodes[2].Sent);
            if (!_found.Contains(sent)) throw new ModelViolation("reduction", $"seed {seed}, step {step}: the search did not find\n{Describe(nodes)}");
            if (_met.Add(sent) && keep && _bases.Count < MaxKept) _bases.Add(([.. nodes.Select(node => node.Copy())], isSwapped));
        }
    }

    private void Act(LocalNode node, ulong[] network, Adversary adversary, Random random, Mood mood)
    {
        if (node.HasDecided) return;
        var dice = random.Next(100);
        if (dice < mood.Impatience && node.IsTimerArmed && node.Round + 1 < _instance.Rounds) node.Fire();
        else if (dice < 60 && node.IsExecuting) node.Execute();
        else if (dice < 60 && node.IsBuilding) node.Build();
        else if (dice < 60 && !node.State.WorkIsDue) node.Work();
        else if (dice == 99 && node.Restarts < _maxRestarts) node.Restart();
        else Deliver(node, network, adversary, random, mood);
    }

    private void Deliver(LocalNode node, ulong[] network, Adversary adversary, Random random, Mood mood)
    {
        var from = random.Next(100) < mood.Mischief ? _instance.Byzantine : random.Next(Instance.Seats);
        if (from == node.Seat || network[from] == 0) return;
        var which = network[from];
        for (var skip = random.Next(BitOperations.PopCount(which)); skip > 0; skip--) which &= which - 1;
        var number = BitOperations.TrailingZeroCount(which);
        if (mood.Loses(_instance.Statements[number].Type, node.Seat, from, number)) return;
        if (from == _instance.Byzantine) adversary.Provide(number, network);
        node.Receive(from, number);
    }

    // The twin that was prepared first is the first by name.
    private bool? FirstTwin(ulong sent)
    {
        for (; sent != 0; sent &= sent - 1)
        {
            var number = BitOperations.TrailingZeroCount(sent);
            if (_instance.Statements[number] is { Type: VoteType.Prepare } said && _twinOf[number] != number) return _twinOf[number] < number && said.Block > 0;
        }

        return null;
    }

    private ulong Swap(ulong sent)
    {
        var swapped = 0UL;
        for (; sent != 0; sent &= sent - 1) swapped |= 1UL << _twinOf[BitOperations.TrailingZeroCount(sent)];
        return swapped;
    }

    private int TwinOf(int number)
    {
        var said = _instance.Statements[number];
        if (said.Block < 0) return number;
        var round = _instance.RoundOfBlock(said.Block);
        var twin = Enumerable.Range(0, _instance.BlockCount).FirstOrDefault(other => other != said.Block && _instance.RoundOfBlock(other) == round, said.Block);
        return _instance.Number(said with { Block = twin });
    }

    private string Describe(IEnumerable<LocalNode> nodes) => string.Join('\n', nodes.Select(node =>
        $"  seat {node.Seat}: {string.Join(", ", Enumerable.Range(0, Instance.MaxStatements).Where(i => (node.Sent >> i & 1) != 0).Select(_instance.Describe))}"));

    /// <summary>How a run goes, in percent: how readily timers run out, how much the adversary talks, which messages never arrive where.</summary>
    private sealed record Mood(int Impatience, int Mischief, int Loss, int CommitLoss, int Salt)
    {
        public bool Loses(VoteType type, int to, int from, int number) =>
            new Random(Salt ^ (((((to * Instance.Seats) + from) * Instance.MaxStatements) + number) * 7919)).Next(100) < (type == VoteType.Commit ? CommitLoss : Loss);
    }
}
