using System.Globalization;

namespace LicenceChain.Join;

/// <summary>What one run came to.</summary>
internal sealed record JoinFigures(int Licences, ulong Blocks, long SnapshotBytes, TimeSpan Making, TimeSpan Joining, TimeSpan JoiningProcessor, TimeSpan Replaying, TimeSpan ReplayingProcessor, Latencies? Quiet, Latencies? WhileMaking)
{
    public bool IsTenfold => Replaying >= Joining * 10;

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
