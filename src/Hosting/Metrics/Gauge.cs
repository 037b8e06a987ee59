namespace LicenceChain.Hosting.Metrics;

/// <summary>A number that goes up and down. Safe from any thread.</summary>
public sealed class Gauge
{
    private double _value;

    /// <summary>The last value set.</summary>
    public double Value => Volatile.Read(ref _value);

    /// <summary>Replaces the value.</summary>
    public void Set(double value) => Volatile.Write(ref _value, value);
}
