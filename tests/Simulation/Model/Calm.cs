using LicenceChain.Consensus;
using LicenceChain.Consensus.Inputs;
using LicenceChain.Consensus.Messages;
using LicenceChain.Consensus.Outputs;
using LicenceChain.Consensus.Tests.Cluster;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Model;

/// <summary>
/// What happens from a state when the faults stop: everything sent before is lost, the Byzantine seat is silent, and from now on each correct seat's resends and new
/// votes reach the other two; timers run out only when nothing else is left to happen. The three must decide: no state is a trap.
/// </summary>
internal sealed class Calm(Instance instance)
{
    /// <summary>Enough for every seat, the silent one too, to have been the proposer twice.</summary>
    private const int MaxTimeouts = 2 * Instance.Seats;

    private readonly Dictionary<Round, Block> _blocks = [];
    private readonly Queue<(int From, VerifiedMessage Message)> _mail = [];
    private readonly ConsensusStateMachine[] _machines = new ConsensusStateMachine[3];
    private readonly ConsensusTimer?[] _timers = new ConsensusTimer?[3];
    private bool _hasDecided;

    /// <summary>How many timeouts it takes until somebody decides; null when nobody does.</summary>
    public int? TimeoutsUntilDecision(IReadOnlyList<LocalNode> nodes)
    {
        _mail.Clear();
        _hasDecided = false;
        for (var i = 0; i < 3; i++)
        {
            _machines[i] = MachineCopy.Of(nodes[i].Machine);
            _timers[i] = nodes[i].Timer;
        }

        for (var i = 0; i < 3; i++) Resume(i, nodes[i]);
        for (var timeouts = 0; timeouts < MaxTimeouts; timeouts++)
        {
            Deliver();
            for (var i = 0; i < 3; i++) Feed(i, new TimerFired(instance.Now, new ConsensusTimer(ConsensusTimerKind.Resend, instance.Head.Height.Next, default)));
            Deliver();
            if (_hasDecided) return timeouts;
            for (var i = 0; i < 3; i++)
                if (_timers[i] is { } timer)
                {
                    _timers[i] = null;
                    Feed(i, new TimerFired(instance.Now, timer));
                }
        }

        return null;
    }

    private void Resume(int index, LocalNode node)
    {
        Feed(index, new WorkAvailable(instance.Now));
        if (node.IsExecuting) Feed(index, new BlockExecuted(instance.Now, node.State.Accepted!.Vote.Digest, BlockVerdict.Valid));
        if (node.IsBuilding) Build(index, new BuildBlock(node.State.Height, node.State.Round));
    }

    private void Deliver()
    {
        while (!_hasDecided && _mail.TryDequeue(out var next))
            for (var to = 0; to < 3; to++)
                if (to != next.From)
                    Feed(to, new MessageReceived(instance.Now, For(instance.Correct[to], next.Message)));
    }

    // A state stands for all with its key, so a proof may quote a vote that its receiver did not cast in this one: see Mail.
    private static VerifiedMessage For(int seat, VerifiedMessage message) =>
        new(message.Vote, message.ValidatorsHash, message.Bytes, message.Block, [], [.. message.Prepares.Where(vote => vote.Validator != seat)]);

    private void Feed(int index, ConsensusInput input)
    {
        foreach (var output in _machines[index].Handle(input))
            switch (output)
            {
                case Broadcast broadcast: _mail.Enqueue((index, Own(index, broadcast.Message))); break;
                case ArmTimer { Timer.Kind: ConsensusTimerKind.Round } arm: _timers[index] = arm.Timer; break;
                case CancelTimer cancel when cancel.Timer == _timers[index]: _timers[index] = null; break;
                case ExecuteBlock execute: Feed(index, new BlockExecuted(instance.Now, execute.Block.Header.Digest, BlockVerdict.Valid)); break;
                case BuildBlock build: Build(index, build); break;
                case Decide: _hasDecided = true; break;
                case RaiseAlarm { Reason: not (AlarmReason.PeersMissing or AlarmReason.ConflictingVote) } alarm: throw new ModelViolation("alarm", $"{alarm.Reason}: {alarm.Detail}");
                default: break;
            }
    }

    private void Build(int index, BuildBlock build)
    {
        if (!_blocks.TryGetValue(build.Round, out var block))
        {
            block = build.Round.Value < instance.Rounds
                ? instance.BlockOf((int)build.Round.Value)
                : TestBlocks.Above(instance.Head, instance.Set, build.Round, instance.Now, build.Round.Value);
            _blocks.Add(build.Round, block);
        }

        Feed(index, new BlockBuilt(instance.Now, build.Height, build.Round, block));
    }

    // What a machine sends it holds, or has sent in an earlier round and holds no longer.
    private VerifiedMessage Own(int index, ReadOnlyMemory<byte> bytes)
    {
        var state = LocalNode.StateOf(_machines[index]);
        foreach (var type in new[] { VoteType.Proposal, VoteType.Prepare, VoteType.Commit, VoteType.RoundChange })
            foreach (var held in state.Votes.Of(instance.Correct[index], type))
                if (held.Bytes.Equals(bytes))
                    return held;
        throw new ModelViolation("resend", $"seat {instance.Correct[index]} sent a vote that it does not hold");
    }
}
