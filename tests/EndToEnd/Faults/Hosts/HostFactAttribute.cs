namespace LicenceChain.EndToEnd.Faults.Hosts;

/// <summary>A test that needs hosts: where there can be none it is skipped by name, with the reason; <see cref="FaultTests"/> do their faults over the proxy everywhere.</summary>
internal sealed class HostFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Reason = new(HostNetwork.WhyNot);

    public HostFactAttribute() => Skip = WhyNot is null ? null : "No network namespaces here, only the proxy was tested: " + WhyNot;

    /// <summary>Why there are no hosts on this machine; null when there are.</summary>
    public static string? WhyNot => Reason.Value;
}
