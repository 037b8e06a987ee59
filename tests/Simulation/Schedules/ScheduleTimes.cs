namespace LicenceChain.Simulation.Schedules;

/// <summary>Virtual milliseconds. They keep production's proportions, shorter, so that a run takes few events.</summary>
internal static class ScheduleTimes
{
    public const uint RoundTimeoutMs = 100;
    public const uint MaxRoundTimeoutMs = 800;
    public const uint ResendMs = 100;
    public const ulong RestartMs = 30;
    public const ulong StatusMs = 250;
    public const ulong MischiefMs = 60;
}
