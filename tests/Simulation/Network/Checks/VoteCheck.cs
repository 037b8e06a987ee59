using System.Runtime.InteropServices;
using Google.Protobuf;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Network.Checks;

/// <summary>
/// Every signed vote that leaves a machine: on the disk before it is sent (C-WAL), never against another of the same key (C-EVIDENCE, both kinds), and none at
/// all once the vote log was lost (C-RESTART). A key that is run twice is a Byzantine member and not held to this.
/// </summary>
internal sealed class VoteCheck(NetworkChecks checks, VoteMemo memo)
{
    private readonly Dictionary<(int Key, VoteType Type, ulong Height, uint Round), VoteMessage> _votes = [];
    private readonly Dictionary<(int Key, ulong Height), List<VoteMessage>> _locks = [];
    private readonly Dictionary<int, HashSet<byte[]>> _known = [];

    /// <summary>Members whose keys were run on two machines.</summary>
    public HashSet<int> ByzantineSeats { get; } = [];

    /// <summary>Told of each vote that is sent first.</summary>
    public Action<SimulatedMachine, VoteMessage> Voted { get; set; } = (_, _) => { };

    /// <summary>Signed votes sent.</summary>
    public int Count { get; private set; }

    public void OnStarted(SimulatedMachine machine)
    {
        _known[machine.Index] = new HashSet<byte[]>(ReferenceEqualityComparer.Instance);
        NetworkChecks.Require(!machine.Node!.Votes.WasLost || machine.IsLogTaken || ByzantineSeats.Contains(machine.Seat), $"node{machine.Index} takes its vote log for lost, though only the power went.");
    }

    public void OnSend(SimulatedMachine machine, ByteString message)
    {
        if (!MemoryMarshal.TryGetArray(message.Memory, out var segment) || !_known[machine.Index].Add(segment.Array!)) return; // sent again
        var parsed = ConsensusMessage.Parser.ParseFrom(message);
        var vote = parsed.ContentCase switch
        {
            ConsensusMessage.ContentOneofCase.Proposal => parsed.Proposal.Vote,
            ConsensusMessage.ContentOneofCase.Prepare => parsed.Prepare,
            ConsensusMessage.ContentOneofCase.Commit => parsed.Commit,
            _ => parsed.RoundChange.Vote,
        };
        Count++;
        Voted(machine, vote);
        var generation = GenerationOf(machine, vote);
        NetworkChecks.Require(memo.TakeOwn(vote, machine.Member.Keys[generation].PublicKey), $"node{machine.Index} sends a {vote.Type} of {vote.Height}/{vote.Round} that its key has not signed.");
        if (machine.IsLogTaken) RequireForgiven(machine, generation, vote);
        NetworkChecks.Require(IsOnDisk(machine, message.Span), $"node{machine.Index} sends a {vote.Type} of {vote.Height}/{vote.Round} before it is on its disk.");
        if (ByzantineSeats.Contains(machine.Seat)) return;
        var key = (machine.Seat * SimulatedCast.Member.Generations) + generation;
        CheckTwins(machine, key, vote);
        CheckLock(machine, key, vote);
    }

    // C-CHANGE: who votes has a seat in the set of that height, by a key of its own.
    private int GenerationOf(SimulatedMachine machine, VoteMessage vote)
    {
        var chain = machine.Node!.Chain;
        var set = vote.Height <= checks.Chain.Height + 1 ? checks.Chain.AnchorAt(vote.Height - 1).Validators : chain.Next;
        var generation = vote.Validator < set.Count ? machine.Member.GenerationOf(set.Validators[(int)vote.Validator].Key.Id) : -1;
        NetworkChecks.Require(generation >= 0, $"node{machine.Index} votes at {vote.Height} for seat {vote.Validator}, which is not its own in the validator set of that height.");
        return generation;
    }

    // C-RESTART: only a decision of governance after the loss lets it vote, from the height on that it names; then the new log is as good as the old one was.
    private void RequireForgiven(SimulatedMachine machine, int generation, VoteMessage vote)
    {
        var key = machine.Member.Keys[generation].PublicKey.Id;
        NetworkChecks.Require(checks.Governance.MayVote(key, machine.LogTakenAt, vote.Height), $"node{machine.Index} votes at {vote.Height} although its vote log was lost at {machine.LogTakenAt} and no decision since lets it.");
        machine.IsLogTaken = false;
    }

    private static bool IsOnDisk(SimulatedMachine machine, ReadOnlySpan<byte> message) =>
        machine.Disk.Root.Files.TryGetValue(SimulatedNode.VoteLogName, out var log) && log.Content.LastIndexOf(message) is >= 0 and var at && log.IsFlushed(at + message.Length);

    // (1) The same type, height and round, another content.
    private void CheckTwins(SimulatedMachine machine, int key, VoteMessage vote)
    {
        if (_votes.TryAdd((key, vote.Type, vote.Height, vote.Round), vote)) return;
        var other = _votes[(key, vote.Type, vote.Height, vote.Round)];
        var same = other.Digest == vote.Digest && other.PreparedRoundPlusOne == vote.PreparedRoundPlusOne && other.PreparedDigest == vote.PreparedDigest;
        NetworkChecks.Require(same, $"Seat {vote.Validator}, of node{machine.Index}, signs two different {vote.Type} of {vote.Height}/{vote.Round}.");
    }

    // (2) A Commit, and a later RoundChange that claims nothing as recent.
    private void CheckLock(SimulatedMachine machine, int key, VoteMessage vote)
    {
        if (vote.Type is not (VoteType.Commit or VoteType.RoundChange)) return;
        if (!_locks.TryGetValue((key, vote.Height), out var others)) _locks.Add((key, vote.Height), others = []);
        foreach (var other in others)
        {
            if (other.Type == vote.Type) continue;
            var (commit, change) = vote.Type == VoteType.Commit ? (vote, other) : (other, vote);
            NetworkChecks.Require(
                change.Round <= commit.Round || change.PreparedRoundPlusOne > commit.Round,
                $"Seat {vote.Validator}, of node{machine.Index}, committed in {commit.Height}/{commit.Round} and forgets it in its RoundChange to round {change.Round}.");
        }

        others.Add(vote);
    }
}
