using Google.Protobuf;
using LicenceChain.Consensus.Messages;
using LicenceChain.Fuzzing.Engine;
using LicenceChain.Fuzzing.Network;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using static LicenceChain.Fuzzing.Targets.Refusing;

namespace LicenceChain.Fuzzing.Targets;

/// <summary>Messages between validators.</summary>
internal static class ConsensusTargets
{
    public static IEnumerable<FuzzTarget> All(SampleChain chain)
    {
        var set = chain.Directory.Anchor.Validators;
        byte[][] messages = [.. chain.Votes.Select(record => record.Message.ToByteArray())];
        yield return new("consensus-message", InputKind.Proto, messages, bytes =>
        {
            if (!MessageVerifier.TryPeekHeight(bytes, out var height)) return false;
            return MessageVerifier.TryVerify(bytes, chain.Directory.Chain, height, set, out var message, out _) && Same(message.Bytes.Span, bytes, "A consensus message");
        }, "Consensus.Messages.MessageVerifier.TryPeekHeight", "Consensus.Messages.MessageVerifier.TryVerify", "Consensus.Messages.HeightPeek.TryRead", "Consensus.Messages.VoteReader.TryRead")
        { Shape = ConsensusMessage.Descriptor, FixedBytes = 2 << 20, BytesPerByte = 300 };
        yield return Message("log-certificate", WalRecordMessage.Parser, chain.Votes, record =>
        {
            if (!MessageVerifier.TryPeekHeight(record.Message.Memory, out var height)) return false;
            var verification = new MessageVerification(record.Message.Memory, chain.Directory.Chain, height, set, VoteSignatures.Instance);
            return verification.TryReadCertificate(default, record.PreparedBlock, record.PreparedCertificate, Hash256.From([1, .. new byte[31]]), out _);
        }, "Consensus.Messages.MessageVerification.TryReadCertificate") with { FixedBytes = 1 << 20 }; // a length of nearly 2^31 costs the library 700 KB, once, before it refuses
    }
}
