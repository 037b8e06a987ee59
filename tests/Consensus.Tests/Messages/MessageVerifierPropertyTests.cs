using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using LicenceChain.Consensus.Messages;
using LicenceChain.Consensus.Tests.Cluster;
using LicenceChain.Consensus.Tests.Solo;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Tests.Messages;

/// <summary>C-FLOOD: no bytes crash the verifier, and no changed bytes pass it. FsCheck prints the seed of a failure.</summary>
public sealed class MessageVerifierPropertyTests
{
    private static readonly ValidatorSet Set = TestKeys.Set(4);
    private static readonly byte[][] Right = Samples();
    private static readonly byte[][] Signed = [.. Right, .. Right.SelectMany(Carried)];

    [Fact]
    public void Random_bytes_are_refused_and_never_crash_it() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => !Verify(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void A_changed_byte_anywhere_is_refused()
    {
        var mutation =
            from sample in Gen.Elements(Right)
            from at in Gen.Choose(0, sample.Length - 1)
            from difference in Gen.Choose(1, 255)
            select Mutate(sample, at, (byte)difference);
        Prop.ForAll(mutation.ToArbitrary(), bytes => !Verify(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(1_500));
    }

    [Fact]
    public void A_cut_or_spliced_message_is_refused_unless_its_validator_signed_just_that()
    {
        var splice =
            from first in Gen.Elements(Right)
            from second in Gen.Elements(Right)
            from cut in Gen.Choose(1, first.Length - 1)
            from skip in Gen.Choose(1, second.Length)
            where !second.AsSpan(skip).SequenceEqual(first.AsSpan(cut))
            select (byte[])[.. first[..cut], .. second[skip..]];
        Prop.ForAll(splice.ToArbitrary(), bytes => Signed.Any(s => s.AsSpan().SequenceEqual(bytes)) || !Verify(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(1_500));
    }

    /// <summary>Seed (17091166505885882341,1337010132717137859,25) cut one out: a carried vote is signed like one sent alone (C-SIGNED).</summary>
    [Fact]
    public void A_vote_cut_out_of_a_message_that_carries_it_passes_as_the_vote_it_is() => Assert.All(Right.SelectMany(Carried), vote => Assert.True(Verify(vote)));

    private static bool Verify(byte[] bytes)
    {
        _ = MessageVerifier.TryPeekHeight(bytes, out _);
        return MessageVerifier.TryVerify(bytes, TestKeys.Chain, new Height(1), Set, out _, out _);
    }

    private static byte[] Mutate(byte[] sample, int at, byte difference)
    {
        byte[] changed = [.. sample];
        changed[at] ^= difference;
        return changed;
    }

    private static byte[][] Samples()
    {
        var forge = new Forge(Set, new Height(1));
        var block = TestBlocks.Above(TestBlocks.Genesis(Set), Set, default, TestBlocks.GenesisTime.Plus(1), 1);
        var claim = forge.Prepared(block, 0);
        return
        [
            forge.Proposal(block, 0), forge.Prepare(1, 0, block), forge.Commit(2, 3, block), forge.RoundChange(3, 1), forge.RoundChange(3, 1, claim),
            forge.Proposal(block, 1, forge.RoundChanges(1, new Dictionary<int, Forge.Claim> { [2] = claim }), claim.Prepares),
        ];
    }

    /// <summary>Each vote that a message carries as proof, as the message that its validator once sent.</summary>
    private static IEnumerable<byte[]> Carried(byte[] sample)
    {
        var message = ConsensusMessage.Parser.ParseFrom(sample);
        IEnumerable<VoteMessage> prepares = [.. message.Proposal?.Prepares ?? [], .. message.RoundChange?.Prepares ?? []];
        var changes = (message.Proposal?.RoundChanges ?? []).Where(v => v.PreparedRoundPlusOne == 0);
        return
        [
            .. prepares.Select(p => new ConsensusMessage { Prepare = p }.ToByteArray()),
            .. changes.Select(c => new ConsensusMessage { RoundChange = new RoundChangeMessage { Vote = c } }.ToByteArray()),
        ];
    }
}
