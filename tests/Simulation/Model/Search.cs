using System.Numerics;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Model;

/// <summary>
/// Breadth first over the global states: the local states of the three correct seats. What is on the network follows from them, because nothing sent is ever
/// lost: each message may arrive at any time, in any order, or not at all. In every state, at most one block has Q Commits of one round.
/// </summary>
internal sealed class Search
{
    private const int IdBits = 21;
    private const ulong IdMask = (1UL << IdBits) - 1;
    private readonly Instance _instance;
    private readonly Adversary _adversary;
    private readonly LocalStates _locals;
    private readonly int _maxStates;
    private readonly Action<Search>? _progress;
    private readonly ulong[] _commitsOf;
    private readonly ulong[] _network = new ulong[Instance.Seats];
    private int _next;

    public Search(Instance instance, int maxRestarts = 0, Flaw flaw = Flaw.Unspecified, int maxStates = int.MaxValue, Action<Search>? progress = null)
    {
        _instance = instance;
        _maxStates = maxStates;
        _progress = progress;
        var forgery = new Forgery(instance);
        var mail = new Mail(instance, forgery, flaw);
        _adversary = new Adversary(instance, mail, forgery);
        _locals = new LocalStates(instance, mail, forgery, _adversary, maxRestarts);
        _commitsOf = [.. Enumerable.Range(0, instance.BlockCount).Select(block => instance.Where(one => one.Type == VoteType.Commit && one.Block == block))];
        States.Add(Pack([.. instance.Correct.Select(seat => _locals.Root(seat, flaw))]), -1);
    }

    public StateTable States { get; } = new();

    public LocalStates Locals => _locals;

    public Instance Instance => _instance;

    /// <summary>Moves between global states, those to a state already known included.</summary>
    public long Steps { get; private set; }

    /// <summary>The longest of the shortest ways to a state.</summary>
    public int Depth { get; private set; }

    /// <summary>States that wait to be looked at.</summary>
    public int Waiting => States.Count - _next;

    /// <summary>True when every reachable state was looked at.</summary>
    public bool IsExhausted => Waiting == 0;

    /// <summary>How many states hold a commit certificate of each round.</summary>
    public SortedDictionary<(int Round, int Block), long> Certified { get; } = [];

    /// <summary>Looks at every state, or as many as are allowed. The violation found first has the fewest steps; null when there is none.</summary>
    public Counterexample? Run()
    {
        var levelEnd = States.Count;
        for (; _next < States.Count && _next < _maxStates; _next++)
        {
            if (_next == levelEnd)
            {
                Depth++;
                levelEnd = States.Count;
            }

            if (_progress is not null && (_next & 0xffff) == 0) _progress(this);
            if (LookAt(_next) is { } found) return found;
        }

        return null;
    }

    /// <summary>What each correct seat has sent in a state.</summary>
    public void SentIn(int index, Span<ulong> sent)
    {
        for (var i = 0; i < _instance.Correct.Count; i++) sent[i] = _locals.SentBy(LocalOf(States[index], i));
    }

    public LocalNode NodeIn(int index, int position) => _locals.NodeOf(LocalOf(States[index], position));

    /// <summary>True when a commit certificate stands, or the adversary could make one stand.</summary>
    public bool IsCertified(int index)
    {
        Span<ulong> sent = stackalloc ulong[3];
        SentIn(index, sent);
        return (ByTwo(sent[0], sent[1], sent[2]) & _commitsOf.Aggregate((a, b) => a | b)) != 0;
    }

    private static int LocalOf(ulong state, int position) => (int)((state >> (IdBits * position)) & IdMask);

    private static ulong ByTwo(ulong first, ulong second, ulong third) => (first & second) | (first & third) | (second & third);

    private static ulong Pack(ReadOnlySpan<int> locals) => (ulong)(uint)locals[0] | ((ulong)(uint)locals[1] << IdBits) | ((ulong)(uint)locals[2] << (2 * IdBits));

    private Counterexample? LookAt(int index)
    {
        var state = States[index];
        Span<ulong> sent = stackalloc ulong[3];
        SentIn(index, sent);
        if (Fork(sent) is { } fork) return Trace(index, default, null, fork);

        for (var i = 0; i < 3; i++) _network[_instance.Correct[i]] = sent[i];
        _network[_instance.Byzantine] = _adversary.Available(sent[0], sent[1], sent[2]);
        for (var position = 0; position < 3; position++)
        {
            var local = LocalOf(state, position);
            foreach (ref readonly var move in _locals.Moves(local, _network))
            {
                if (!move.IsOpen(_network)) continue;
                Steps++;
                if (move.Target == Move.Decides) continue;
                if (move.Target == Move.Violates)
                    return Trace(index, move.Script, position, _locals.ViolationOf(_instance.Correct[position], move.Script));
                var shift = IdBits * position;
                States.Add((state & ~(IdMask << shift)) | ((ulong)(uint)move.Target << shift), index);
            }
        }

        if (_locals.Count > (int)IdMask) throw new InvalidOperationException("Too many local states for their number.");
        return null;
    }

    // Two correct Commits and the adversary's make a certificate, wherever they are delivered.
    private ModelViolation? Fork(ReadOnlySpan<ulong> sent)
    {
        var certified = ByTwo(sent[0], sent[1], sent[2]);
        var decided = -1;
        for (var block = 0; block < _commitsOf.Length; block++)
        {
            var commits = certified & _commitsOf[block];
            if (commits == 0) continue;
            if (decided >= 0) return new ModelViolation("fork", $"{_instance.DescribeBlock(decided)} and {_instance.DescribeBlock(block)} both have {_instance.Set.Quorum} Commits");
            decided = block;
            for (; commits != 0; commits &= commits - 1)
            {
                var where = (_instance.Statements[BitOperations.TrailingZeroCount(commits)].Round, block);
                Certified[where] = Certified.GetValueOrDefault(where) + 1;
            }
        }

        return null;
    }

    private Counterexample Trace(int index, Script last, int? position, ModelViolation violation)
    {
        var lines = new List<string>();
        if (position is { } seat) lines.Add(_locals.Describe(_instance.Correct[seat], last));
        for (var at = index; States.ParentOf(at) >= 0; at = States.ParentOf(at)) lines.Add(Step(States[States.ParentOf(at)], States[at]));
        lines.Reverse();
        return new Counterexample(violation, lines);
    }

    private string Step(ulong before, ulong after)
    {
        var position = Enumerable.Range(0, 3).First(i => LocalOf(before, i) != LocalOf(after, i));
        for (var i = 0; i < 3; i++) _network[_instance.Correct[i]] = _locals.SentBy(LocalOf(before, i));
        _network[_instance.Byzantine] = _adversary.Available(_network[_instance.Correct[0]], _network[_instance.Correct[1]], _network[_instance.Correct[2]]);
        foreach (var move in _locals.Moves(LocalOf(before, position), _network))
            if (move.IsOpen(_network) && move.Target == LocalOf(after, position))
            {
                var said = _locals.SentBy(LocalOf(after, position)) & ~_locals.SentBy(LocalOf(before, position));
                var words = new List<string>();
                for (; said != 0; said &= said - 1) words.Add(_instance.Describe(BitOperations.TrailingZeroCount(said)));
                return _locals.Describe(_instance.Correct[position], move.Script) + (words.Count == 0 ? "" : " -> " + string.Join(", ", words));
            }

        throw new InvalidOperationException("A step of the trace is not there.");
    }
}
