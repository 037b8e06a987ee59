using LicenceChain.Consensus.Inputs;
using LicenceChain.Consensus.Messages;
using LicenceChain.Consensus.Outputs;
using LicenceChain.Consensus.Tests.Cluster;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Tests.Solo;

/// <summary>One production state machine at height 1; the test plays all the others.</summary>
internal sealed class SoloValidator
{
    private readonly int? _seat;

    public SoloValidator(int n = 4, int? seat = 0, IReadOnlyList<WalRecordMessage>? log = null, bool logLost = false, Func<Block, BlockVerdict>? execute = null, bool start = true)
    {
        _seat = seat;
        Set = TestKeys.Set(n);
        Genesis = TestBlocks.Genesis(Set);
        Forge = new Forge(Set, new Height(1));
        Execute = execute ?? (_ => BlockVerdict.Valid);
        Now = TestBlocks.GenesisTime.Plus(10_000);
        var options = new ConsensusOptions(TestKeys.Chain, RoundTimeoutMs: 1_000, MaxRoundTimeoutMs: 60_000, ResendMs: 1_000, HeartbeatMs: 60_000, DriftMs: 5_000);
        Machine = new ConsensusStateMachine(options, new ConsensusStart(Genesis, Set, seat is { } s ? new TestSigner(s) : null, log ?? [], logLost));
        if (start) Feed(new Started(Now));
    }

    public ConsensusStateMachine Machine { get; }

    public ValidatorSet Set { get; }

    public BlockHeader Genesis { get; }

    public Forge Forge { get; }

    public UnixTime Now { get; set; }

    /// <summary>What the node answers to ExecuteBlock, at once.</summary>
    public Func<Block, BlockVerdict> Execute { get; set; }

    /// <summary>Every output since the start or the last <see cref="Forget"/>.</summary>
    public List<ConsensusOutput> Outputs { get; } = [];

    public List<WalRecordMessage> Log { get; } = [];

    public IEnumerable<ConsensusMessage> Sent => Outputs.OfType<Broadcast>().Select(b => ConsensusMessage.Parser.ParseFrom(b.Message.Span));

    public IEnumerable<VoteMessage> Votes(VoteType type) => Sent.Select(m => m.ContentCase switch
    {
        ConsensusMessage.ContentOneofCase.Proposal => m.Proposal.Vote,
        ConsensusMessage.ContentOneofCase.Prepare => m.Prepare,
        ConsensusMessage.ContentOneofCase.Commit => m.Commit,
        _ => m.RoundChange.Vote,
    }).Where(v => v.Type == type);

    public IEnumerable<AlarmReason> Alarms => Outputs.OfType<RaiseAlarm>().Select(a => a.Reason);

    public Block Block(uint round = 0, ulong salt = 1, long agoMs = 0) =>
        TestBlocks.Above(Genesis, Set, new Round(round), new UnixTime((ulong)((long)Now.Milliseconds - agoMs)), salt);

    public void Forget() => Outputs.Clear();

    public void Feed(ConsensusInput input)
    {
        foreach (var output in Machine.Handle(input))
        {
            Outputs.Add(output);
            if (output is AppendLog append) Log.Add(append.Record);
            if (output is ExecuteBlock execute) Feed(new BlockExecuted(Now, execute.Block.Header.Digest, Execute(execute.Block)));
        }
    }

    /// <summary>Verifies as production does, and feeds; a message that is refused fails the test.</summary>
    public void Receive(params IEnumerable<byte[]> messages)
    {
        foreach (var bytes in messages)
        {
            Assert.True(MessageVerifier.TryPeekHeight(bytes, out var height));
            Assert.True(MessageVerifier.TryVerify(bytes, TestKeys.Chain, height, Set, out var message, out var reason), reason);
            Feed(new MessageReceived(Now, message));
        }
    }

    /// <summary>Lets the round's timer run out.</summary>
    public void TimeOut()
    {
        var round = Machine.Round;
        Feed(new TimerFired(Now, new ConsensusTimer(ConsensusTimerKind.Round, Machine.Height, round)));
        Assert.True(Machine.Round > round, "The round timer was not armed.");
    }

    /// <summary>The others time out of round <paramref name="to"/> - 1 too, which starts the timer of round <paramref name="to"/>.</summary>
    public void OthersReach(uint to) => Receive(Enumerable.Range(1, Set.Quorum - 1).Select(i => Forge.RoundChange(i, to)));

    public void ResendTick() => Feed(new TimerFired(Now, new ConsensusTimer(ConsensusTimerKind.Resend, Machine.Height, default)));

    /// <summary>A block accepted and prepared by everybody in round 0: this node has sent its Commit.</summary>
    public Block PrepareInRound0()
    {
        var block = Block();
        Receive(Forge.Proposal(block, 0));
        Receive(Enumerable.Range(0, Set.Quorum).Where(i => i != _seat).Select(i => Forge.Prepare(i, 0, block)));
        Assert.Contains(Votes(VoteType.Commit), v => v.Round == 0);
        return block;
    }
}
