namespace LicenceChain.Consensus;

/// <summary>The stable codes of alarms as they are signed and sent (C-ALARM).</summary>
public static class AlarmCodes
{
    /// <summary>For example <c>diverged</c>; throws for a value that is no reason.</summary>
    public static string Of(AlarmReason reason) => reason switch
    {
        AlarmReason.Behind => "behind",
        AlarmReason.Diverged => "diverged",
        AlarmReason.LogLost => "log-lost",
        AlarmReason.KeyExpired => "key-expired",
        AlarmReason.PeersMissing => "peers-missing",
        AlarmReason.ConflictingVote => "conflicting-vote",
        AlarmReason.KeyInUseElsewhere => "key-in-use-elsewhere",
        AlarmReason.InvalidProposal => "invalid-proposal",
        AlarmReason.ClockSkew => "clock-skew",
        AlarmReason.RoundLimit => "round-limit",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No alarm reason."),
    };
}
