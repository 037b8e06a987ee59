using System.Runtime.CompilerServices;
using LicenceChain.Consensus;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Mempool;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Network.Checks;

/// <summary>What holds at every step, whatever the faults.</summary>
internal sealed class NetworkChecks
{
    private const int TurnsBetweenBounds = 16;

    private int _turns;

    public NetworkChecks(SimulatedNetwork network)
    {
        Chain = new ChainCheck(network);
        Governance = new GovernanceCheck(network.Cast);
        Votes = new VoteCheck(this, network.Memo.Votes);
    }

    public ChainCheck Chain { get; }

    public GovernanceCheck Governance { get; }

    public VoteCheck Votes { get; }

    /// <summary>Called after each turn of a machine.</summary>
    public Action<SimulatedMachine> Turned { get; set; } = _ => { };

    public void OnStarted(SimulatedMachine machine)
    {
        Votes.OnStarted(machine);
        Chain.OnStarted(machine);
    }

    public void OnSend(SimulatedMachine machine, LinkMessage message)
    {
        if (message.ContentCase == LinkMessage.ContentOneofCase.Consensus) Votes.OnSend(machine, message.Consensus);
    }

    /// <summary>At the end: what a node has stored is on its disk or in its archive.</summary>
    public void RequireWhole(SimulatedMachine machine)
    {
        Chain.RequireWhole(machine);
        ArchiveCheck.RequireWhole(machine, Chain);
    }

    public void AfterTurn(SimulatedMachine machine)
    {
        Chain.AfterTurn(machine);
        Turned(machine);
        if (++_turns % TurnsBetweenBounds == 0) CheckBounds(machine);
    }

    // Every queue has its bound; those of the links keep theirs by dropping.
    private void CheckBounds(SimulatedMachine machine)
    {
        var status = machine.Node!.Publisher.Status;
        CheckAlarm(machine, status.Alarm);
        Require(status.Mempool <= MempoolLimits.MaxTransactions && status.MempoolBytes <= MempoolLimits.MaxBytes, $"node{machine.Index}'s mempool holds {status.Mempool} transactions.");
        Require(machine.Waiting <= MaxQueue, $"{machine.Waiting} events wait in the queue of node{machine.Index}.");
    }

    // Alarms that no fault of a correct node's surroundings may raise. A node that was started again refuses the second of two proposals of a key that runs twice, and says so.
    private void CheckAlarm(SimulatedMachine machine, string alarm)
    {
        var accuses = alarm == AlarmCodes.Of(AlarmReason.Diverged) || alarm == AlarmCodes.Of(AlarmReason.KeyInUseElsewhere) || (alarm == AlarmCodes.Of(AlarmReason.ConflictingVote) && Votes.ByzantineSeats.Count == 0);
        Require(!accuses || Votes.ByzantineSeats.Contains(machine.Seat), $"node{machine.Index}, whose key runs once, raises the alarm {alarm}.");
    }

    // Places for what comes from outside, and as much again for what the loop has asked for: workers' answers, timers, links.
    private const int MaxQueue = 2 * LoopQueue.MaxExternal;

    public static void Require(bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] ref FailureText otherwise)
    {
        if (!holds) throw new SimulationFailure(otherwise.Take());
    }

    public static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new SimulationFailure(otherwise);
    }
}
