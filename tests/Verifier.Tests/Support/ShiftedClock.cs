namespace LicenceChain.Verifier.Tests.Support;

/// <summary>The system's clock, moved by as much as the test says.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;
}
