using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LicenceChain.Hosting.Grpc;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Hosting.Tests.Grpc;

/// <summary>Decoders of what others send: they give back what was written, and never throw anything but a refusal.</summary>
public sealed class GrpcDecoderTests
{
    private const int Limit = 100;
    private static readonly GrpcFrameRules<SubmitRequest> Rules = new(SubmitRequest.Parser, Gzip: true, Limit, GrpcStatus.InvalidArgument);

    [Fact]
    public void Any_bytes_are_a_message_too_few_or_refused() =>
        Prop.ForAll(Bytes(), bytes =>
        {
            try
            {
                var buffer = new ReadOnlySequence<byte>(bytes);
                return !GrpcFrames.TryTake(ref buffer, Rules, out var message) || message!.CalculateSize() <= bytes.Length * 1100;
            }
            catch (GrpcException)
            {
                return true;
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nested_message_of_a_length_beyond_every_buffer_is_refused_as_malformed()
    {
        // Found by fuzzing; see CanonicalProtoTests. A link's frame and a bundle have nested messages in field 1.
        byte[] frame = [0, 0, 0, 0, 6, 0x0a, 0xff, 0xff, 0xff, 0xff, 0x07];
        var refused = Assert.Throws<GrpcException>(() =>
        {
            var buffer = new ReadOnlySequence<byte>(frame);
            GrpcFrames.TryTake(ref buffer, new GrpcFrameRules<LinkFrame>(LinkFrame.Parser, Gzip: false, Limit, GrpcStatus.InvalidArgument), out _);
        });
        Assert.Equal(GrpcStatus.InvalidArgument, refused.Status);
    }

    [Fact]
    public void Member_of_a_oneof_that_is_repeated_in_a_link_message_is_refused()
    {
        // LinkFrame.messages { status {} status {} }
        byte[] frame = [0, 0, 0, 0, 6, 0x0a, 0x04, 0x2a, 0x00, 0x2a, 0x00];
        Assert.Throws<GrpcException>(() =>
        {
            var buffer = new ReadOnlySequence<byte>(frame);
            GrpcFrames.TryTake(ref buffer, new GrpcFrameRules<LinkFrame>(LinkFrame.Parser, Gzip: false, Limit, GrpcStatus.InvalidArgument), out _);
        });
    }

    [Fact]
    public void Frame_is_taken_only_when_it_is_whole() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            var message = EchoServer.Request(text.Get.Length > 20 ? text.Get[..20] : text.Get);
            var written = new ArrayBufferWriter<byte>();
            GrpcFrames.Write(written, message, Limit);
            for (var length = 0; length < written.WrittenCount; length++)
            {
                var part = new ReadOnlySequence<byte>(written.WrittenMemory[..length]);
                if (GrpcFrames.TryTake(ref part, Rules, out _)) return false;
            }

            var whole = new ReadOnlySequence<byte>(written.WrittenMemory);
            return GrpcFrames.TryTake(ref whole, Rules, out var read) && read!.Equals(message) && whole.IsEmpty;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Status_message_round_trips_as_printable_ascii() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            var encoded = GrpcStatusMessage.Encode(text.Get);
            return encoded.All(c => c is >= ' ' and <= '~') && GrpcStatusMessage.Decode(encoded) == Scalars(text.Get);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Status_message_is_cut_at_a_characters_end()
    {
        var encoded = GrpcStatusMessage.Encode(new string('照', GrpcLimits.MaxStatusMessageBytes));
        Assert.Equal(new string('照', GrpcLimits.MaxStatusMessageBytes / 3), GrpcStatusMessage.Decode(encoded));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("%4")]
    [InlineData("%zz")]
    public void Broken_escape_stays_as_it_stands(string text) => Assert.Equal(text, GrpcStatusMessage.Decode(text));

    [Fact]
    public void Any_text_is_a_timeout_within_bounds_or_none() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
            !GrpcTimeout.TryParse(text.Get, out var timeout) || (timeout >= TimeSpan.Zero && timeout <= GrpcLimits.MaxTimeout)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("1H", 3_600_000)]
    [InlineData("2M", 120_000)]
    [InlineData("3S", 3_000)]
    [InlineData("00000004m", 4)]
    [InlineData("5000u", 5)]
    [InlineData("6000000n", 6)]
    [InlineData("99999999H", 86_400_000)]
    public void Timeout_is_read_in_every_unit(string text, long milliseconds)
    {
        Assert.True(GrpcTimeout.TryParse(text, out var timeout));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), timeout);
    }

    [Fact]
    public void Timeout_we_write_is_one_we_read()
    {
        foreach (var milliseconds in new[] { 0.0, 0.5, 1, 99_999, 1e12 })
            Assert.True(GrpcTimeout.TryParse(GrpcTimeout.Format(TimeSpan.FromMilliseconds(milliseconds)), out _));
    }

    private static Arbitrary<byte[]> Bytes() =>
        // Short frames with plausible headers, so that the parser and gunzip are reached and not only the length check.
        Gen.Choose(0, 255).Select(n => (byte)n).ArrayOf()
            .Zip(Gen.Elements<byte>(0, 1, 2))
            .Select(pair => (byte[])[pair.Item2, 0, 0, 0, (byte)pair.Item1.Length, .. pair.Item1])
            .ToArbitrary();

    private static string Scalars(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)); // lone surrogates become U+FFFD
}
