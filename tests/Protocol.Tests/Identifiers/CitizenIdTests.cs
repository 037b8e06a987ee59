using LicenceChain.Protocol.Identifiers;

namespace LicenceChain.Protocol.Tests.Identifiers;

public sealed class CitizenIdTests
{
    [Theory]
    [InlineData("11010519491231002X")]
    [InlineData("440524188001010014")]
    public void Right_numbers_are_read(string text)
    {
        Assert.True(CitizenId.TryParse(text, out var id));
        Assert.Equal(text, id.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("110105194912310021")]   // wrong check
    [InlineData("11010519491231002x")]   // lower case
    [InlineData("11010519491231002")]
    [InlineData("1101051949123100 X")]
    [InlineData("01010519491231002X")]
    public void Wrong_numbers_are_refused(string? text) => Assert.False(CitizenId.TryParse(text, out _));

    [Theory]
    [InlineData("19490229", false)]
    [InlineData("20000229", true)]
    [InlineData("19000229", false)]
    [InlineData("19490431", false)]
    [InlineData("19491301", false)]
    [InlineData("19490001", false)]
    [InlineData("19490100", false)]
    [InlineData("19491231", true)]
    public void The_birth_date_must_be_a_date(string date, bool right) => Assert.Equal(right, CitizenId.TryParse(WithCheck("110105" + date + "002"), out _));

    [Fact]
    public void The_text_form_is_masked()
    {
        Assert.True(CitizenId.TryParse("11010519491231002X", out var id));
        Assert.Equal("110105************", id.ToString());
        Assert.DoesNotContain("1949", $"{id}", StringComparison.Ordinal);
        Assert.DoesNotContain("002X", new { Holder = id }.ToString(), StringComparison.Ordinal);
        Assert.Equal("(none)", default(CitizenId).ToString());
    }

    [Theory]
    [InlineData("11010519491231002X", true)]
    [InlineData("11010519491231002x", true)]
    [InlineData("Z-440524188001010014/1", true)]
    [InlineData("0440524188001010014", true)]
    [InlineData("440524188001010015", false)]
    [InlineData("4405241880010100", false)]
    [InlineData("20260000000000000001", false)]
    [InlineData("", false)]
    public void A_citizen_number_is_found_anywhere_in_a_text(string text, bool found) => Assert.Equal(found, CitizenId.IsIn(text));

    [Theory]
    [InlineData("V-001", true)]
    [InlineData("verifier-310000", true)]
    [InlineData("", false)]
    [InlineData("张三", false)]
    [InlineData("Zhang San", false)]
    [InlineData("440524188001010014", false)]
    [InlineData("bureau/440524188001010014", false)]
    public void An_officers_number_is_neither_a_name_nor_a_citizen_number(string text, bool right)
    {
        Assert.Equal(right, OfficerNumber.IsValid(text));
        Assert.False(OfficerNumber.IsValid(new string('a', OfficerNumber.MaxLength + 1)));
    }

    private static string WithCheck(string first)
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return first + "10X98765432"[first.Select((c, i) => (c - '0') * weights[i]).Sum() % 11];
    }
}
