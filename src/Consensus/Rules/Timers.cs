using LicenceChain.Consensus.Outputs;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Consensus.Rules;

/// <summary>C-TIMER: which timers of a height run. Each is armed once and cancelled when the height or round is over.</summary>
internal sealed class Timers(ConsensusOptions initial, OutputList outputs)
{
    private ConsensusOptions _options = initial;
    private ConsensusTimer? _round;
    private ConsensusTimer? _resend;
    private ConsensusTimer? _heartbeat;

    /// <summary>Other times, for what is armed from now on.</summary>
    public void Use(ConsensusOptions options) => _options = options;

    /// <summary>A height begins: every old timer goes, the heartbeat runs from the head's time.</summary>
    public void BeginHeight(BlockHeader head, UnixTime now)
    {
        EndHeight();
        var age = now > head.Time ? now.Milliseconds - head.Time.Milliseconds : 0;
        _heartbeat = new ConsensusTimer(ConsensusTimerKind.Heartbeat, head.Height.Next, default);
        outputs.Add(new ArmTimer(_heartbeat.Value, age >= _options.HeartbeatMs ? 0 : _options.HeartbeatMs - age));
    }

    /// <summary>The height is decided: nothing runs.</summary>
    public void EndHeight()
    {
        Cancel(ref _round);
        Cancel(ref _resend);
        Cancel(ref _heartbeat);
    }

    /// <summary>Arms T(r) unless it runs.</summary>
    public void EnsureRound(Height height, Round round)
    {
        if (_round is not null) return;
        _round = new ConsensusTimer(ConsensusTimerKind.Round, height, round);
        outputs.Add(new ArmTimer(_round.Value, _options.TimeoutOf(round)));
    }

    /// <summary>The round is over.</summary>
    public void CancelRound() => Cancel(ref _round);

    /// <summary>Arms the resend timer unless it runs.</summary>
    public void EnsureResend(Height height)
    {
        if (_resend is not null) return;
        _resend = new ConsensusTimer(ConsensusTimerKind.Resend, height, default);
        outputs.Add(new ArmTimer(_resend.Value, _options.ResendMs));
    }

    /// <summary>True when a timer that is still wanted fired; it no longer runs.</summary>
    public bool TryTake(ConsensusTimer timer)
    {
        if (timer == _round) _round = null;
        else if (timer == _resend) _resend = null;
        else if (timer == _heartbeat) _heartbeat = null;
        else return false;
        return true;
    }

    private void Cancel(ref ConsensusTimer? timer)
    {
        if (timer is { } running) outputs.Add(new CancelTimer(running));
        timer = null;
    }
}
