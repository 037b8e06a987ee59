using System.Runtime.InteropServices;
using Google.Protobuf;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Network.Checks;

/// <summary>
/// Every signed vote that leaves a machine: on the disk before it is sent (C-WAL), never against another of the same key (C-EVIDENCE, both kinds), and none at
/// all once the vote log was lost (C-RESTART). A key that is run twice is a Byzantine member and not held to this.
/// </summary>
internal sealed class VoteCheck
{
    private readonly Dictionary<(int Seat, VoteType Type, ulong Height, uint Round), VoteMessage> _votes = [];
    private readonly Dictionary<(int Seat, ulong Height), List<VoteMessage>> _locks = [];
    private readonly Dictionary<int, HashSet<byte[]>> _known = [];

    /// <summary>Keys that were run on two machines.</summary>
    public HashSet<int> ByzantineSeats { get; } = [];

    /// <summary>Signed votes sent.</summary>
    public int Count { get; private set; }

    public void OnStarted(SimulatedMachine machine)
    {
        _known[machine.Index] = new HashSet<byte[]>(ReferenceEqualityComparer.Instance);
        NetworkChecks.Require(!machine.Node!.Votes.WasLost || machine.IsLogTaken, $"node{machine.Index} takes its vote log for lost, though only the power went.");
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
        NetworkChecks.Require(!machine.IsLogTaken || machine.IsReadmitted, $"node{machine.Index} votes although its vote log was lost.");
        NetworkChecks.Require(IsOnDisk(machine, message.Span), $"node{machine.Index} sends a {vote.Type} of {vote.Height}/{vote.Round} before it is on its disk.");
        var seat = (int)vote.Validator;
        if (ByzantineSeats.Contains(seat)) return;
        CheckTwins(seat, vote);
        CheckLock(seat, vote);
    }

    private static bool IsOnDisk(SimulatedMachine machine, ReadOnlySpan<byte> message) =>
        machine.Disk.Root.Files.TryGetValue(SimulatedNode.VoteLogName, out var log) && log.Content.LastIndexOf(message) is >= 0 and var at && log.IsFlushed(at + message.Length);

    // (1) The same type, height and round, another content.
    private void CheckTwins(int seat, VoteMessage vote)
    {
        if (_votes.TryAdd((seat, vote.Type, vote.Height, vote.Round), vote)) return;
        var other = _votes[(seat, vote.Type, vote.Height, vote.Round)];
        var same = other.Digest == vote.Digest && other.PreparedRoundPlusOne == vote.PreparedRoundPlusOne && other.PreparedDigest == vote.PreparedDigest;
        NetworkChecks.Require(same, $"Seat {seat} signs two different {vote.Type} of {vote.Height}/{vote.Round}.");
    }

    // (2) A Commit, and a later RoundChange that claims nothing as recent.
    private void CheckLock(int seat, VoteMessage vote)
    {
        if (vote.Type is not (VoteType.Commit or VoteType.RoundChange)) return;
        if (!_locks.TryGetValue((seat, vote.Height), out var others)) _locks.Add((seat, vote.Height), others = []);
        foreach (var other in others)
        {
            if (other.Type == vote.Type) continue;
            var (commit, change) = vote.Type == VoteType.Commit ? (vote, other) : (other, vote);
            NetworkChecks.Require(
                change.Round <= commit.Round || change.PreparedRoundPlusOne > commit.Round,
                $"Seat {seat} committed in {commit.Height}/{commit.Round} and forgets it in its RoundChange to round {change.Round}.");
        }

        others.Add(vote);
    }
}
