namespace LicenceChain.Simulation.Network.Joining;

/// <summary>Measures nothing: a log line in a trace is the same in every run.</summary>
internal sealed class StoppedTime : TimeProvider
{
    public override long GetTimestamp() => 0;
}
