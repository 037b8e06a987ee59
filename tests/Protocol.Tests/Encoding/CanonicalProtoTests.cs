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
}
