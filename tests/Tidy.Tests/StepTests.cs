using System.Text.RegularExpressions;

namespace LicenceChain.Tidy.Tests;

/// <summary>The numbered walks of docs/ARCHITECTURE.md and their markers in the code.</summary>
public sealed partial class StepTests
{
    private static readonly string[] Listed = [.. Step().Matches(Repository.ReadText("docs/ARCHITECTURE.md")).Select(match => match.Groups[1].Value)];

    public static TheoryData<string> Steps => [.. Listed];

    [Fact]
    public void Both_walks_are_there_and_numbered_without_a_gap() =>
        Assert.Equal([.. Enumerable.Range(1, 10).Select(i => $"T{i}"), .. Enumerable.Range(1, 9).Select(i => $"V{i}")], Listed);

    [Theory]
    [MemberData(nameof(Steps))]
    public void Every_step_is_marked_in_the_code(string step)
    {
        var marker = new Regex($@"//.*\b{step}\b");
        Assert.Contains(Repository.Sources, file => file.IsProduct && marker.IsMatch(file.Text));
    }

    [GeneratedRegex(@"^- \*\*([TV]\d+) ", RegexOptions.Multiline)]
    private static partial Regex Step();
}
