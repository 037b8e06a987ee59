using System.Reflection;
using LicenceChain.Sdk.Verification;

namespace LicenceChain.Sdk.Tests;

public sealed class CodesTests
{
    [Fact]
    public void Every_code_of_this_room_is_listed_with_what_to_do_and_none_stands_twice()
    {
        var codes = new[] { typeof(SdkCodes), typeof(VerificationCodes) }
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => (string)field.GetRawConstantValue()!)
            .Where(code => code != VerificationCodes.Valid)
            .ToList();
        var listed = File.ReadAllText(Path.Combine(Repository.Root, "docs/reference/codes.md"));
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Contains($"\n| {code} |", listed, StringComparison.Ordinal));
    }
}
