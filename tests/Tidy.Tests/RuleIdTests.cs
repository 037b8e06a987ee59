using System.Text.RegularExpressions;

namespace LicenceChain.Tidy.Tests;

public sealed partial class RuleIdTests
{
    private static readonly string[] Listed = [.. RuleHeading().Matches(Repository.ReadText("docs/reference/consensus-rules.md")).Select(match => match.Groups[1].Value).Distinct()];

    public static TheoryData<string> RuleIds => [.. Listed];

    [Fact]
    public void The_rule_list_is_there() => Assert.True(Listed.Length >= 17, $"docs/reference/consensus-rules.md lists {Listed.Length} rules.");

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void Every_consensus_rule_is_cited_in_code_and_in_a_test(string rule)
    {
        var whole = new Regex(Regex.Escape(rule) + "(?![A-Z-])");
        Assert.Contains(Repository.Sources, file => file.IsProduct && whole.IsMatch(file.Text));
        Assert.Contains(Repository.Sources, file => file.IsTest && !file.Path.StartsWith("tests/Tidy.Tests/", StringComparison.Ordinal) && whole.IsMatch(file.Text));
    }

    [Fact]
    public void No_code_cites_a_consensus_rule_that_is_not_listed()
    {
        var unknown = Repository.Sources.SelectMany(file => AnyRule().Matches(file.Text).Select(match => match.Value)).Where(rule => !Listed.Contains(rule)).Distinct();
        Assert.Empty(unknown);
    }

    [GeneratedRegex(@"^\| `(C-[A-Z-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex RuleHeading();

    [GeneratedRegex(@"\bC-[A-Z]{3,}(-[A-Z]+)*\b")]
    private static partial Regex AnyRule();
}
