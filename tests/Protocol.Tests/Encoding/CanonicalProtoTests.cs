using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Tests.Encoding;

public sealed class CanonicalProtoTests
{
    /// <summary>
    /// Found by fuzzing: the library adds the length of a nested message to its position, the sum overflows, and it reads outside its buffer: an
    /// IndexOutOfRangeException where it promises an InvalidProtocolBufferException.
    /// </summary>
    [Theory]
    [InlineData("22ffffffff0708021240")]
    [InlineData("08011001220a0802ffffffff07080212")]
    [InlineData("22ffffffff07")]
    public void Nested_message_of_a_length_beyond_every_buffer_is_refused_like_any_other_damage(string hex) =>
        Assert.False(CanonicalProto.TryParse(CommitCertificateMessage.Parser, Convert.FromHexString(hex), ProtocolLimits.MaxMessageBytes, out _));

    /// <summary>Found by fuzzing: parsed, a million proposals of one empty Prepare each in one message would be copied a million times.</summary>
    [Fact]
    public void Member_of_a_oneof_that_is_repeated_a_million_times_is_refused_before_it_is_parsed()
    {
        byte[] one = [0x0a, 0x02, 0x22, 0x00];
        var bytes = new byte[ProtocolLimits.MaxMessageBytes];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = one[i % one.Length];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(CanonicalProto.TryParse(ConsensusMessage.Parser, bytes, ProtocolLimits.MaxMessageBytes, out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
    }
}
