namespace LicenceChain.Consensus.Tests.Cluster;

/// <summary>What goes wrong in a simulation; the defaults are a good day. Chances in percent, delays in virtual milliseconds.</summary>
internal sealed record FaultPlan(int LossPercent = 0, int DuplicatePercent = 0, int MaxDelayMs = 20, int CrashPerMille = 0, ulong CalmAfterMs = ulong.MaxValue);
