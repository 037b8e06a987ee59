using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Standings;

namespace LicenceChain.Protocol.Tests.Standings;

/// <summary>C-ALARM: what a node says of itself. FsCheck prints the seed of a failure.</summary>
public sealed class SignedStandingTests
{
    private static readonly Sm2PrivateKey Key = Sm2PrivateKey.Generate();

    [Fact]
    [Trait("Rule", "C-ALARM")]
    public void C_ALARM_what_was_signed_is_read_again_and_verifies()
    {
        Assert.True(SignedStanding.TryFrom(Signed().ToMessage(), out var read));
        Assert.True(read.Verify());
        Assert.Equal(("diverged", 118ul, 3), (read.Standing.Reason, read.Standing.Height.Value, read.Standing.Needed));
        Assert.Equal([Key.PublicKey.Id], read.Standing.Missing);
    }

    [Fact]
    public void No_change_of_a_byte_that_changes_what_is_said_verifies()
    {
        var said = Signed().ToMessage();
        var sound = said.ToByteArray();
        Prop.ForAll(Gen.Choose(0, sound.Length - 1).Zip(Gen.Choose(1, 255)).ToArbitrary(), change =>
        {
            byte[] changed = [.. sound];
            changed[change.Item1] ^= (byte)change.Item2;
            try
            {
                return !SignedStanding.TryFrom(SignedStandingMessage.Parser.ParseFrom(changed), out var read) || !read.Verify() || read.ToMessage().Equals(said);
            }
            catch (InvalidProtocolBufferException)
            {
                return true;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    /// <summary>Seed (14494789953077939588,10086245613108440077,6) found it: Protobuf takes every number but 0 for true, and signed are the words, not how they came.</summary>
    [Fact]
    public void Yes_said_with_another_number_is_the_same_yes()
    {
        var said = Signed().ToMessage();
        byte[] validator = [0x40, 0x01, 0x48]; // field 8, and the tag of the round behind it
        var sound = said.ToByteArray();
        sound[sound.AsSpan().IndexOf(validator) + 1] = 0x1B;

        Assert.True(SignedStanding.TryFrom(SignedStandingMessage.Parser.ParseFrom(sound), out var read));
        Assert.True(read.Verify());
        Assert.Equal(said, read.ToMessage());
    }

    [Fact]
    public void Beyond_its_bounds_it_is_refused()
    {
        Assert.False(SignedStanding.TryFrom(null, out _));
        AssertRefused(message => message.Standing.Reason = "Not A Code");
        AssertRefused(message => message.Standing.Detail = new string('x', StandingLimits.MaxDetail + 1));
        AssertRefused(message => message.Standing.LastDetail = "a line\nof its own");
        AssertRefused(message => message.Standing.KeyId = ByteString.CopyFrom(new byte[32]));
        AssertRefused(message => message.Standing.Wait = (StandingWait)99);
        AssertRefused(message => message.Signature = ByteString.Empty);
        AssertRefused(message => message.Standing.Linked.AddRange(Enumerable.Repeat(ByteString.CopyFrom(Key.PublicKey.Id.Value.Span), StandingLimits.MaxKeys + 1)));
    }

    [Fact]
    public void A_long_detail_of_our_own_is_cut_and_its_line_breaks_are_spaces()
    {
        Assert.True(SignedStanding.TryFrom(Signed("two\nlines " + new string('x', 1_000)).ToMessage(), out var read));
        Assert.StartsWith("two lines x", read.Standing.Detail, StringComparison.Ordinal);
        Assert.Equal(StandingLimits.MaxDetail, read.Standing.Detail.Length);
    }

    private static void AssertRefused(Action<SignedStandingMessage> change)
    {
        var message = Signed().ToMessage();
        change(message);
        Assert.False(SignedStanding.TryFrom(message, out _));
    }

    private static SignedStanding Signed(string detail = "transaction 17") => SignedStanding.Of(
        new NodeStanding
        {
            Chain = ChainId.Parse("standing-test"),
            Key = Key.PublicKey.Id,
            Time = new UnixTime(1_000_000),
            Height = new Height(118),
            Head = Sm3.Hash([1]),
            HeadTime = new UnixTime(999_000),
            ValidatorsHash = Sm3.Hash([2]),
            IsValidator = true,
            Round = new Round(2),
            Reason = "diverged",
            Detail = detail,
            Wait = StandingWait.Prepares,
            Have = 2,
            Needed = 3,
            Missing = [Key.PublicKey.Id],
        },
        Key.PublicKey,
        (bytes, signature) => Key.Sign(SigningContext.Standing, bytes, signature));
}
