using System.Runtime.InteropServices;

namespace LicenceChain.Simulation.Model;

/// <summary>
/// The local states of the three correct seats, numbered as they are found, each with a production state machine that is in it and the moves it can make. A
/// move runs the production code on a copy of that machine, once.
/// <para>
/// Two reductions keep the number small; both keep every set of votes that the seats can send. (1) A message that makes no rule fire can be delivered later,
/// since nothing on the network is ever lost, so a move delivers a smallest set of messages that makes one fire, and its last message is the one that does. What a
/// fuller buffer can do beyond that is only to keep another message out, which not sending it does as well. (2) Once a rule has fired, whose votes made it
/// fire no longer matters: Prepares serve in their round for the accepted block only, Commits only to decide, RoundChanges below the round not at all; those of the
/// round or later that count towards a jump or a timer are on the network and can be delivered again; those that a proposer may yet use stand in the key.
/// A node that decided sends nothing more: it is a leaf. <see cref="Wanderer"/> runs production machines without either reduction and compares.
/// </para>
/// </summary>
internal sealed class LocalStates
{
    private readonly Instance _instance;
    private readonly Mail _mail;
    private readonly Forgery _forgery;
    private readonly Adversary _adversary;
    private readonly MoveMenu _menu;
    private readonly Dictionary<(int Seat, LocalKey Key), int> _numbers = [];
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<(int Seat, Script Script), ModelViolation> _violations = [];

    public LocalStates(Instance instance, Mail mail, Forgery forgery, Adversary adversary, int maxRestarts)
    {
        (_instance, _mail, _forgery, _adversary) = (instance, mail, forgery, adversary);
        _menu = new MoveMenu(instance, maxRestarts);
    }

    public int Count => _entries.Count;

    /// <summary>How many moves the production machine was run for.</summary>
    public long Runs { get; private set; }

    /// <summary>Every decision that some node can make: round and block.</summary>
    public SortedDictionary<(int Round, int Block), long> Decisions { get; } = [];

    public ulong SentBy(int state) => _entries[state].Sent;

    public LocalNode NodeOf(int state) => _entries[state].Node;

    public int Root(int seat, Flaw flaw) => Number(new LocalNode(_instance, _mail, _forgery.SignerOf(seat), seat, flaw));

    /// <summary>All moves that were ever looked for with these messages or more; the caller asks each whether it is open.</summary>
    public ReadOnlySpan<Move> Moves(int state, ulong[] network)
    {
        var entry = _entries[state];
        var isNew = false;
        for (var seat = 0; seat < Instance.Seats; seat++) isNew |= (network[seat] & ~entry.Known[seat]) != 0;
        if (isNew) Extend(entry, network);
        return CollectionsMarshal.AsSpan(entry.Moves);
    }

    /// <summary>Carries out a script on a node; false when it has no effect there.</summary>
    public bool TryRun(LocalNode node, Script script)
    {
        var (round, sent) = (node.Round, node.Sent);
        for (var i = 0; i < script.Count; i++)
        {
            var (seat, number) = script.Message(i);
            node.Receive(seat, number);
        }

        switch (script.Kind)
        {
            case MoveKind.Work: node.Work(); return true;
            case MoveKind.Execute: node.Execute(); return true;
            case MoveKind.Build: node.Build(); return true;
            case MoveKind.Fire: node.Fire(); return true;
            case MoveKind.Restart: node.Restart(); return true;
            case MoveKind.StartAndFire:
                if (!node.IsTimerArmed || node.Round != round) return false;
                node.Fire();
                return true;
            case MoveKind.Prepare: return node.Sent != sent;
            case MoveKind.Jump: return node.Round == LowestRound(script);
            case MoveKind.Decide: return node.HasDecided || node.State.LacksBody;
            default: return true;
        }
    }

    /// <summary>What a move that <see cref="Move.Violates"/> violates.</summary>
    public ModelViolation ViolationOf(int seat, Script script) => _violations[(seat, script)];

    public string Describe(int seat, Script script)
    {
        var messages = Enumerable.Range(0, script.Count).Select(script.Message).Select(one => $"{_instance.Describe(one.Statement)} of {one.Seat}");
        return $"seat {seat} {script.Kind}{(script.Count == 0 ? "" : " on " + string.Join(", ", messages))}";
    }

    private int LowestRound(Script script) => Enumerable.Range(0, script.Count).Min(i => _instance.Statements[script.Message(i).Statement].Round);

    private void Extend(Entry entry, ulong[] network)
    {
        for (var set = network[_instance.Byzantine] & ~entry.Known[_instance.Byzantine]; set != 0; set &= set - 1)
            _adversary.Provide(System.Numerics.BitOperations.TrailingZeroCount(set), network);
        for (var seat = 0; seat < Instance.Seats; seat++) entry.Known[seat] |= network[seat];

        var done = entry.Moves.Select(move => move.Script).ToHashSet();
        var targets = new Dictionary<ulong, int>();
        foreach (var move in entry.Moves) targets[move.Outcome] = move.Target;
        foreach (var (script, outcome) in _menu.Of(entry.Node, entry.Known))
        {
            if (!done.Add(script)) continue;
            if (!targets.TryGetValue(outcome, out var target))
            {
                if (Run(entry.Node.Copy(), script) is not { } found) continue;
                target = found;
                targets.Add(outcome, target);
            }

            entry.Moves.Add(new Move(script, outcome, target));
        }
    }

    private int? Run(LocalNode node, Script script)
    {
        Runs++;
        try
        {
            if (!TryRun(node, script)) return null;
            return script.Kind == MoveKind.Decide ? Decided(node) : Number(node);
        }
        catch (ModelViolation violation)
        {
            // It counts only in a state in which these messages are on the network together.
            _violations[(node.Seat, script)] = violation;
            return Move.Violates;
        }
    }

    private int Decided(LocalNode node)
    {
        if (node.HasDecided) Decisions[node.Decided] = Decisions.GetValueOrDefault(node.Decided) + 1;
        return Move.Decides;
    }

    private int Number(LocalNode node)
    {
        var key = (node.Seat, node.Key());
        if (_numbers.TryGetValue(key, out var known)) return known;
        _numbers.Add(key, _entries.Count);
        _entries.Add(new Entry(node));
        return _entries.Count - 1;
    }

    private sealed class Entry(LocalNode node)
    {
        public LocalNode Node => node;

        public ulong Sent { get; } = node.Sent;

        public ulong[] Known { get; } = new ulong[Instance.Seats];

        public List<Move> Moves { get; } = [];
    }
}
