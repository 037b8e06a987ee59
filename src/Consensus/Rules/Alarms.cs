using LicenceChain.Consensus.Outputs;

namespace LicenceChain.Consensus.Rules;

/// <summary>C-ALARM: raises each reason once a height, so that a condition that lasts does not flood the links.</summary>
internal sealed class Alarms(OutputList outputs)
{
    private readonly bool[] _raised = new bool[(int)AlarmReason.RoundLimit + 1];

    public void BeginHeight() => Array.Clear(_raised);

    public void Raise(AlarmReason reason, string detail)
    {
        if (_raised[(int)reason]) return;
        _raised[(int)reason] = true;
        outputs.Add(new RaiseAlarm(reason, detail));
    }
}
