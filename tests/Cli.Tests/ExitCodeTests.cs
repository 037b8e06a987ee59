namespace LicenceChain.Cli.Tests;

public sealed class ExitCodeTests
{
    [Fact]
    public void Every_exit_code_stands_in_the_reference_with_its_number()
    {
        var reference = File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", "cli.md"));

        Assert.All(Enum.GetValues<ExitCode>(), code => Assert.Contains($"| {(int)code} |", reference, StringComparison.Ordinal));
    }
}
