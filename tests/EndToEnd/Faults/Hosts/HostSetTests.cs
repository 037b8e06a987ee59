using System.Diagnostics;
using System.Globalization;

namespace LicenceChain.EndToEnd.Faults.Hosts;

/// <summary>Hosts come and go without a trace.</summary>
public sealed class HostSetTests
{
    [HostFact]
    public void What_a_dead_run_left_is_removed_by_the_next_and_what_a_living_one_has_is_not()
    {
        using var dead = Process.Start("true");
        dead.WaitForExit();
        var left = Name(dead.Id);
        var living = Name(Environment.ProcessId);
        HostNamespace.Ip("netns", "add", left);
        HostNamespace.Ip("netns", "add", living);
        try
        {
            using var set = HostSet.Open(count: 1, seed: 0);
            var names = HostNamespace.Ip("netns", "list");
            Assert.DoesNotContain(left, names, StringComparison.Ordinal);
            Assert.Contains(living, names, StringComparison.Ordinal);
        }
        finally
        {
            HostNamespace.Ip("netns", "del", living);
        }

        Assert.DoesNotContain(Name(Environment.ProcessId)[..^2], HostNamespace.Ip("netns", "list"), StringComparison.Ordinal); // nor does a set leave anything
    }

    private static string Name(int process) => string.Create(CultureInfo.InvariantCulture, $"licencechain-{process}-99");
}
