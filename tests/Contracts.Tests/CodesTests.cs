using System.Reflection;
using System.Text.RegularExpressions;
using LicenceChain.Contracts.Recognition;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Tests;

public sealed partial class CodesTests
{
    private static readonly string[] Prefixes = ["LC-TX", "LC-MEM", "LC-CAT", "LC-LIC", "LC-AUT", "LC-REC", "LC-ACC"];

    [Fact]
    public void Every_code_in_the_source_is_in_the_document() => Assert.Empty(InSource().Except(InDocument()));

    [Fact]
    public void Every_code_in_the_document_is_in_the_source() => Assert.Empty(InDocument().Except(InSource()));

    [Fact]
    public void Each_code_means_one_thing()
    {
        Assert.Equal(InSource().Distinct(), InSource());
        Assert.Equal(InDocument().Distinct(), InDocument());
    }

    [Fact]
    public void Every_row_says_what_it_means_and_what_to_do() =>
        Assert.All(Rows(), row => Assert.True(row.Groups["meaning"].Value.Trim().Length > 0 && row.Groups["do"].Value.Trim().Length > 0, row.Value));

    [Fact]
    public void Every_recognition_code_has_a_name_of_its_own()
    {
        var names = CodesOf(typeof(RecognitionCodes)).Select(RecognitionReasons.NameOf).ToArray();
        Assert.Equal(names.Distinct(), names);
        Assert.Throws<ArgumentException>(() => RecognitionReasons.NameOf("LC-REC-999"));
    }

    private static string[] InSource() =>
    [
        .. typeof(BlockExecutor).Assembly.GetTypes().Append(typeof(TransactionCodes))
            .Where(t => t.Name.EndsWith("Codes", StringComparison.Ordinal))
            .SelectMany(CodesOf)
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> CodesOf(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);

    private static string[] InDocument() => [.. Rows().Select(r => r.Groups["code"].Value).Order(StringComparer.Ordinal)];

    private static IEnumerable<Match> Rows() =>
        Row().Matches(File.ReadAllText(Path.Combine(Repository.Root(), "docs", "reference", "codes.md")))
            .Where(r => Prefixes.Any(p => r.Groups["code"].Value.StartsWith(p + "-", StringComparison.Ordinal)));

    [GeneratedRegex(@"^\| (?<code>LC-[A-Z]+-\d{3}) \|(?<meaning>[^|]*)\|(?<do>[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
