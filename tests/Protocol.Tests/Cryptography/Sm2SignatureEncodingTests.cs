using LicenceChain.Protocol.Cryptography;

namespace LicenceChain.Protocol.Tests.Cryptography;

public sealed class Sm2SignatureEncodingTests
{
    [Fact]
    public void Raw_to_der_and_back_changes_nothing() => Seeded.Check(500, random =>
    {
        using var key = ReferenceSm2.Key(random);
        var raw = new byte[64];
        key.Sign(SigningContext.Raw, random.Bytes(10), raw);
        var back = new byte[64];
        Assert.True(Sm2Signature.TryFromDer(Sm2Signature.ToDer(raw), back));
        Assert.Equal(raw, back);
    });

    [Fact]
    public void Small_numbers_are_written_without_leading_zeros()
    {
        var raw = new byte[64];
        raw[31] = 1;
        raw[63] = 0x80;
        Assert.Equal("3007020101020200" + "80", Convert.ToHexString(Sm2Signature.ToDer(raw)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("3006020101020101" + "00")]          // something after it
    [InlineData("308106020101020101")]               // long form of a short length
    [InlineData("30070202000102" + "0101")]          // a leading zero too many
    [InlineData("300602018102" + "0101")]            // negative
    [InlineData("3006020100020101")]                 // r = 0
    [InlineData("3006020101020100")]                 // s = 0
    [InlineData("3003020101")]                       // one number only
    [InlineData("3009020101020101020101")]           // three
    [InlineData("3106020101020101")]                 // a SET
    [InlineData("3080020101020101" + "0000")]        // indefinite length
    public void What_is_not_the_one_der_encoding_is_refused(string hex) => Assert.False(Sm2Signature.TryFromDer(Convert.FromHexString(hex), new byte[64]));

    [Fact]
    public void What_is_accepted_is_canonical() => Seeded.Check(1000, random =>
    {
        var raw = random.Bytes(64);
        raw[0] &= 0x7f;
        raw[32] &= 0x7f;
        var der = random.Mutate(Sm2Signature.ToDer(raw));
        var back = new byte[64];
        if (Sm2Signature.TryFromDer(der, back)) Assert.Equal(der, Sm2Signature.ToDer(back));
        Assert.False(Sm2Signature.TryFromDer(random.Bytes(random.Next(100)), back) && back.AsSpan().IndexOfAnyExcept((byte)0) < 0);
    });

    [Fact]
    public void No_der_is_made_of_numbers_out_of_range()
    {
        Assert.Throws<ArgumentException>(() => Sm2Signature.ToDer(new byte[64]));
        Assert.Throws<ArgumentException>(() => Sm2Signature.ToDer(Enumerable.Repeat((byte)0xff, 64).ToArray()));
        Assert.Throws<ArgumentException>(() => Sm2Signature.ToDer(new byte[63]));
    }
}
