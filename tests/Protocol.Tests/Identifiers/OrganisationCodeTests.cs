using LicenceChain.Protocol.Identifiers;

namespace LicenceChain.Protocol.Tests.Identifiers;

public sealed class OrganisationCodeTests
{
    [Theory]
    [InlineData("91350100M000100Y43", "350100")]
    [InlineData("11110000000021135M", "110000")]
    [InlineData("914403001922038216", "440300")]
    public void Right_codes_are_read_with_their_area(string text, string area)
    {
        Assert.True(OrganisationCode.TryParse(text, out var code));
        Assert.Equal(text, code.Value);
        Assert.Equal(area, code.Region);
        Assert.Equal(code, OrganisationCode.Mint(text[..17]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("91350100M000100Y4")]
    [InlineData("91350100M000100Y44")]
    [InlineData("91350100m000100y43")]
    [InlineData("91350100I000100Y43")]   // I O S V Z are not of the alphabet
    [InlineData("9135010AM000100Y43")]   // the area has digits only
    [InlineData("91350100M000100Y433")]
    public void Wrong_codes_are_refused(string? text)
    {
        Assert.False(OrganisationCode.TryParse(text, out _));
        Assert.Throws<FormatException>(() => OrganisationCode.Parse(text!));
    }

    [Theory]
    [InlineData("1131000000000000")]
    [InlineData("1131000000000000O")]
    public void What_cannot_begin_a_code_is_not_minted(string first) => Assert.Throws<FormatException>(() => OrganisationCode.Mint(first));

    [Fact]
    public void A_changed_character_or_two_swapped_ones_are_found() => Seeded.Check(500, random =>
    {
        const string alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        var code = OrganisationCode.Mint("11310000" + new string(random.GetItems<char>(alphabet, 9))).Value.ToCharArray();
        var at = random.Next(8, 18);
        var changed = (char[])code.Clone();
        changed[at] = alphabet[random.Next(31)];
        Assert.Equal(changed[at] == code[at], OrganisationCode.TryParse(new string(changed), out _));
        var swapped = (char[])code.Clone();
        (swapped[10], swapped[11]) = (code[11], code[10]);
        Assert.Equal(code[10] == code[11], OrganisationCode.TryParse(new string(swapped), out _));
    });

    [Fact]
    public void Random_text_never_crashes() => Seeded.Check(500, random =>
    {
        var text = System.Text.Encoding.Latin1.GetString(random.Bytes(random.Next(30)));
        if (OrganisationCode.TryParse(text, out var code)) Assert.Equal(text, code.Value);
    });
}
