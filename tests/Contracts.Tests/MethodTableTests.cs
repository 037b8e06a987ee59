using LicenceChain.Contracts.Execution;
using LicenceChain.Contracts.Tests.Support;

namespace LicenceChain.Contracts.Tests;

public sealed class MethodTableTests
{
    [Fact]
    public void Reference_lists_each_method_with_its_roles_and_argument()
    {
        var documented = File.ReadLines(Path.Combine(Repository.Root(), "docs", "reference", "contracts.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains('.', StringComparison.Ordinal))
            .Select(line => string.Join(" | ", line.Split(" | ").Take(4)));
        var declared = MethodTable.All.Select(m =>
            $"| {m.Contract}.{m.Name} | {(m.Members.Count == 0 ? "any" : string.Join(", ", m.Members))} | {string.Join(", ", m.Keys)} | {m.ArgumentName}");
        Assert.Equal(declared, documented);
    }

    [Fact]
    public void No_method_takes_a_consensus_key() =>
        Assert.All(MethodTable.All, m => Assert.DoesNotContain(Protocol.Proto.KeyRole.Consensus, m.Keys));
}
