using System.Reflection;
using LicenceChain.Verifier.Audit;

namespace LicenceChain.Verifier.Tests;

public sealed class CodesTests
{
    [Fact]
    public void Every_code_of_this_room_is_listed_with_what_to_do_and_none_stands_twice()
    {
        var codes = typeof(VerifierCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).Append(AuditService.ReadingCode).ToList();
        var listed = File.ReadAllText(Path.Combine(Root(AppContext.BaseDirectory), "docs/reference/codes.md"));
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Contains($"\n| {code} |", listed, StringComparison.Ordinal));
    }

    private static string Root(string directory) => File.Exists(Path.Combine(directory, "LicenceChain.sln")) ? directory : Root(Path.GetDirectoryName(directory)!);
}
