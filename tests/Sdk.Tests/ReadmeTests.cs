namespace LicenceChain.Sdk.Tests;

public sealed class ReadmeTests
{
    private const int MaxExampleLines = 31;

    [Fact]
    public void The_example_of_the_README_is_the_one_that_compiles_here()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "src/Sdk/README.md"));
        var example = File.ReadAllText(Path.Combine(Repository.Root, "tests/Sdk.Tests/Example/ReadmeExample.cs"));
        Assert.Contains("```csharp\n" + example + "```\n", readme, StringComparison.Ordinal);
        Assert.InRange(example.Split('\n').Length, 10, MaxExampleLines);
    }
}
