using System.Runtime.CompilerServices;

namespace LicenceChain.EndToEnd.Faults.Hosts;

/// <summary>A test that needs hosts. Where there can be none it is skipped, and its name in the output says why; <see cref="FaultTests"/> do their faults over the proxy everywhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HostFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Reason = new(HostNetwork.WhyNot);

    public HostFactAttribute([CallerMemberName] string test = "")
    {
        if (WhyNot is null) return;
        Skip = $"No hosts on this machine, only the proxy was tested: {WhyNot}";
        DisplayName = $"{test} ({Skip})"; // the reason by itself is not printed
    }

    /// <summary>Why there are no hosts on this machine; null when there are.</summary>
    public static string? WhyNot => Reason.Value;
}
