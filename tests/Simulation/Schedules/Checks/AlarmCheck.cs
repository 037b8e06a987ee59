using LicenceChain.Consensus;
using LicenceChain.Consensus.Outputs;

namespace LicenceChain.Simulation.Schedules.Checks;

/// <summary>Liars cannot make a correct validator believe that it contradicts itself, that its key runs elsewhere, or that its log is gone.</summary>
internal static class AlarmCheck
{
    public static void OnAlarm(Host host, RaiseAlarm alarm, Schedule schedule)
    {
        var isWrong = alarm.Reason is AlarmReason.KeyInUseElsewhere or AlarmReason.ClockSkew or AlarmReason.RoundLimit
            || (alarm.Reason == AlarmReason.LogLost && host.Index != schedule.LosesLog);
        if (isWrong) throw new ScheduleFailureException("alarm", $"host {host.Index} raises {alarm.Reason} without reason: {alarm.Detail}");
    }
}
