using LicenceChain.Protocol.Identifiers;

namespace LicenceChain.Protocol.Tests.Identifiers;

public sealed class LicenceIdTests
{
    private const string Twin = "1.2.156.3005.2.11100000000013127D001.11110000000021135M.20260000000000000001.001.H";

    [Theory]
    [InlineData("1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U")]
    [InlineData("1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0")]
    [InlineData(Twin)]
    public void Right_identifiers_are_read_strictly(string text)
    {
        Assert.True(LicenceId.TryParseStrict(text, out var id));
        Assert.Equal(text, id.Value);
        Assert.Equal(LicenceIdReading.Strict, LicenceId.Read(text, out var again));
        Assert.Equal(id, again);
    }

    [Fact]
    public void A_short_area_code_for_the_issuer_is_a_legacy_variant()
    {
        const string text = "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9";
        Assert.Equal(LicenceIdReading.LegacyVariant, LicenceId.Read(text, out var id));
        Assert.Equal("340100", id.Issuer);
        Assert.False(LicenceId.TryParseStrict(text, out _));
    }

    [Fact]
    public void The_variant_check_of_deployed_systems_is_a_legacy_variant()
    {
        const string text = "1.2.156.3005.2.11100000000013661B006.113700000045046442.209FA4E88F9E4C878F3E9BED2CE7EA49.001.M";
        Assert.Equal("LEGACY_VARIANT", LicenceId.LegacyVariantCode);
        Assert.Equal(LicenceIdReading.LegacyVariant, LicenceId.Read(text, out var id));
        Assert.Equal("209FA4E88F9E4C878F3E9BED2CE7EA49", id.Serial);
        Assert.False(LicenceId.TryParseStrict(text, out _));
        Assert.Equal(LicenceIdReading.Strict, LicenceId.Read(text[..^1] + "D", out _));
    }

    [Fact]
    public void Any_third_check_is_invalid()
    {
        const string body = "1.2.156.3005.2.11100000000013661B006.113700000045046442.209FA4E88F9E4C878F3E9BED2CE7EA49.001.";
        foreach (var check in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".Except("DM")) Assert.Equal(LicenceIdReading.Invalid, LicenceId.Read(body + check, out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1.2.156.3003.2.11100000000013127D001.11110000000021135M.20260000000000000001.001.H")] // another root
    [InlineData("1.2.156.3005.2.11100000000013127D001.11110000000021135M.20260000000000000001.001")]
    [InlineData("1.2.156.3005.2.11100000000013127D001.11110000000021135M.20260000000000000001.001.H.")]
    [InlineData("1.2.156.3005.2.11100000000013127D001.11110000000021135M.20260000000000000001.001.HH")]
    [InlineData("1.2.156.3005.2.11100000000013127d001.11110000000021135M.20260000000000000001.001.H")]
    [InlineData("1.2.156.3005.2.11100000000013127D001.11110000000021135M..001.H")]
    [InlineData("1.2.156.3005.2.11100000000013127D001.11110000000021135M.20260000000000000001.000.H")]
    [InlineData("1.2.156.3005.2.11100000000013127D001.11110000000021135M.20260000000000000001.01.H")]
    [InlineData("1.2.156.3005.2.1110000000001312D001.11110000000021135M.20260000000000000001.001.H")]
    [InlineData(" " + Twin)]
    [InlineData("１.2.156.3005.2.11100000000013127D001.11110000000021135M.20260000000000000001.001.H")]
    public void What_is_not_an_identifier_is_invalid(string? text) => Assert.Equal(LicenceIdReading.Invalid, LicenceId.Read(text, out _));

    [Fact]
    public void Mint_gives_the_check_of_the_known_identifier_and_its_parts()
    {
        var id = LicenceId.Mint("11100000000013127D001", OrganisationCode.Parse("11110000000021135M"), "20260000000000000001", 1);
        Assert.Equal(Twin, id.Value);
        Assert.Equal("11100000000013127D001", id.TypeCode);
        Assert.Equal("11110000000021135M", id.Issuer);
        Assert.Equal("20260000000000000001", id.Serial);
        Assert.Equal(1, id.Version);
    }

    [Theory]
    [InlineData("11100000000013127D00", "1", 1)]
    [InlineData("11100000000013127X001", "1", 1)]   // the defining authority's check is wrong
    [InlineData("11100000000013127D001", "", 1)]
    [InlineData("11100000000013127D001", "a", 1)]
    [InlineData("11100000000013127D001", "1-2", 1)]
    [InlineData("11100000000013127D001", "012345678901234567890123456789012", 1)]
    [InlineData("11100000000013127D001", "1", 0)]
    [InlineData("11100000000013127D001", "1", 1000)]
    public void Mint_refuses_parts_out_of_bounds(string typeCode, string serial, int version) =>
        Assert.Throws<FormatException>(() => LicenceId.Mint(typeCode, OrganisationCode.Parse("11110000000021135M"), serial, version));

    [Theory]
    [InlineData("11100000000013127D001")]
    [InlineData("11100000MB0143028R001")]
    [InlineData("11100000MB03271699001")]
    [InlineData("11100000MB03271699022")]
    [InlineData("111000000000131433001")]
    [InlineData("11100000000013127DL01")]
    public void Known_type_codes_can_be_minted_under(string typeCode) =>
        Assert.Equal(typeCode, LicenceId.Mint(typeCode, OrganisationCode.Parse("11110000000021135M"), "1", 1).TypeCode);

    [Fact]
    public void What_was_minted_is_read_strictly_and_a_changed_character_is_not() => Seeded.Check(500, random =>
    {
        const string alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        var serial = new string(random.GetItems<char>(alphabet, random.Next(1, 33)));
        var id = LicenceId.Mint("11100000000013127D001", OrganisationCode.Parse("11110000000021135M"), serial, random.Next(1, 1000));
        Assert.True(id.Value.Length <= LicenceId.MaxLength);
        Assert.True(LicenceId.TryParseStrict(id.Value, out var read));
        Assert.Equal(id, read);
        // MOD 37,36 finds every changed character of the fields it covers.
        var at = id.Value.IndexOf(serial, 50, StringComparison.Ordinal) + random.Next(serial.Length);
        var other = alphabet[random.Next(36)];
        if (id.Value[at] == other) return;
        Assert.False(LicenceId.TryParseStrict(string.Concat(id.Value.AsSpan(0, at), [other], id.Value.AsSpan(at + 1)), out _));
    });

    [Fact]
    public void Whatever_is_read_comes_back_as_it_was() => Seeded.Check(1000, random =>
    {
        var text = System.Text.Encoding.Latin1.GetString(random.Mutate(System.Text.Encoding.Latin1.GetBytes(Twin)));
        if (LicenceId.Read(text, out var id) != LicenceIdReading.Invalid) Assert.Equal(text, id.Value);
    });

    [Fact]
    public void A_default_identifier_has_no_text() => Assert.Throws<InvalidOperationException>(() => default(LicenceId).Value);
}
