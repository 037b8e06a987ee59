using System.Globalization;

namespace LicenceChain.Join;

/// <summary>What one run came to.</summary>
internal sealed record JoinFigures(int Licences, ulong Blocks, long SnapshotBytes, TimeSpan Making, TimeSpan Joining, TimeSpan JoiningProcessor, TimeSpan Replaying, TimeSpan ReplayingProcessor, Latencies? Quiet, Latencies? WhileMaking)
{
    /// <summary>Ten times as fast, by time and by processor.</summary>
    public bool IsTenfold => Replaying >= Joining * 10 && ReplayingProcessor >= JoiningProcessor * 10;

    /// <summary>The figures as a row of the table in docs/verification.md.</summary>
    public string Row => string.Create(CultureInfo.InvariantCulture, $"| {Licences:N0} licences, {Blocks:N0} blocks | {SnapshotBytes / 1e6:F1} MB | {Making.TotalSeconds:F1} s | {Joining.TotalSeconds:F2} s, {JoiningProcessor.TotalSeconds:F2} s of processor | {Replaying.TotalSeconds:F1} s, {ReplayingProcessor.TotalSeconds:F1} s of processor | {Replaying / Joining:F1}, {ReplayingProcessor / JoiningProcessor:F1} |");

    public override string ToString()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"""
            {Licences} licences in {Blocks} blocks; snapshot of {SnapshotBytes / 1e6:F1} MB made in {Making.TotalSeconds:F2} s by the running node
            join by snapshot  {Joining.TotalSeconds,8:F2} s, {JoiningProcessor.TotalSeconds,8:F2} s of processor
            replay from peer  {Replaying.TotalSeconds,8:F2} s, {ReplayingProcessor.TotalSeconds,8:F2} s of processor: {Replaying / Joining:F1} times as long, {ReplayingProcessor / JoiningProcessor:F1} times the processor
            """);
        return Quiet is null || WhileMaking is null ? text : $"{text}{Environment.NewLine}commit latency     quiet {Quiet}; while all four nodes make snapshots {WhileMaking}";
    }
}
