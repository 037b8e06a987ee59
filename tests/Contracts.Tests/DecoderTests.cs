using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using LicenceChain.Contracts.Authorisations;
using LicenceChain.Contracts.Recognition;
using LicenceChain.Contracts.Tests.Recognition;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Contracts.Tests;

/// <summary>What is read from others is refused with a code or written back as it came; nothing crashes. FsCheck prints the seed of a failure.</summary>
public sealed class DecoderTests
{
    private const int Runs = 1_000;

    [Fact]
    public void Grant_that_was_changed_is_refused_or_is_the_one_encoding_of_another()
    {
        var sound = Samples.Grant(new UnixTime(TestGenesis.TimeMs)).ToByteArray();
        Assert.True(GrantTerms.TryRead(sound, TestChain.Id, out _, out _));
        Check(sound, bytes => GrantTerms.TryRead(bytes, TestChain.Id, out var terms, out var refusal)
            ? terms.Statement.ToByteArray().AsSpan().SequenceEqual(bytes) && terms.Items.Count == terms.Statement.Items.Count
            : refusal.Code.StartsWith("LC-AUT-", StringComparison.Ordinal));
    }

    [Fact]
    public void Recognition_request_that_was_changed_is_refused_or_written_back_the_same() => Check(new Request().Asked.ToByteArray(), bytes =>
        !CanonicalProto.TryParse(RecognitionRequestMessage.Parser, bytes, ProtocolLimits.MaxTransactionBytes, out var message)
        || (RecognitionRequest.TryFrom(message, out var request, out var refusal)
            ? request.ToMessage().ToByteArray().AsSpan().SequenceEqual(bytes)
            : refusal.Code == RecognitionCodes.BadRequest));

    [Fact]
    public void Parameters_that_were_changed_are_refused_or_written_back_the_same() => Check(ChainParameters.Default.ToRecord().ToByteArray(), bytes =>
        !CanonicalProto.TryParse(ParametersRecord.Parser, bytes, ProtocolLimits.MaxStateValueBytes, out var record)
        || (ChainParameters.TryFrom(record, out var parameters, out var error)
            ? parameters.ToRecord().ToByteArray().AsSpan().SequenceEqual(bytes)
            : error.Length > 0));

    [Fact]
    public void Genesis_document_that_was_changed_is_refused_with_what_is_wrong_or_gives_another_chain()
    {
        var sound = TestGenesis.Message().ToByteArray();
        Assert.True(GenesisExecutor.TryApply(TestGenesis.Message(), out var first, out _));
        Check(sound, bytes => !CanonicalProto.TryParse(GenesisMessage.Parser, bytes, ProtocolLimits.MaxMessageBytes, out var message)
            || (GenesisExecutor.TryApply(message, out var outcome, out var error) ? bytes.AsSpan().SequenceEqual(sound) || outcome.GenesisHash != first.GenesisHash : error.Length > 0));
    }

    private static void Check(byte[] sound, Func<byte[], bool> holds) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => holds(Change(new Random(seed), sound))).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));

    private static byte[] Change(Random random, byte[] sound)
    {
        var at = random.Next(sound.Length);
        switch (random.Next(4))
        {
            case 0: return sound[..at];
            case 1: return [.. sound[..at], (byte)random.Next(256), .. sound[at..]];
            case 2: return [.. sound[..at], .. sound[(at + 1)..]];
            default:
                var changed = (byte[])sound.Clone();
                changed[at] = (byte)random.Next(256);
                return changed;
        }
    }
}
