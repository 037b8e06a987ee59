namespace LicenceChain.Node.Loop;

/// <summary>Feeds <see cref="NodeEvent.TimerFired"/> later.</summary>
internal interface ITimers
{
    /// <summary>Arms a timer; replaces one of the same name.</summary>
    void Arm(TimerId timer, ulong delayMs);

    /// <summary>Forgets a timer. One that has fired already may still arrive.</summary>
    void Cancel(TimerId timer);
}
