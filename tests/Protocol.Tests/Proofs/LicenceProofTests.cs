using Google.Protobuf;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Tests.Proofs;

public sealed class LicenceProofTests : IDisposable
{
    private readonly TestChain _chain = new(4);

    public void Dispose() => _chain.Dispose();

    [Fact]
    public void One_header_proves_what_is_there_and_what_is_not()
    {
        var facts = Verify(Prove());
        Assert.NotNull(facts);
        Assert.True(facts.TryGet(TestChain.Known, out var value));
        Assert.Equal(TestChain.Value, value!.Value.ToArray());
        Assert.True(facts.TryGet(TestChain.Unknown, out var nothing));
        Assert.Null(nothing);
    }

    [Fact]
    public void Another_value_proves_nothing() => Assert.Null(Verify(Prove(proof => proof.States[0].Value = ByteString.CopyFromUtf8("another record"))));

    [Fact]
    public void Another_key_proves_nothing() => Assert.Null(Verify(Prove(proof => proof.States[0].Key = ByteString.CopyFromUtf8("l/another"))));

    [Fact]
    public void A_present_key_cannot_be_shown_absent() => Assert.Null(Verify(Prove(proof =>
    {
        proof.States[0].Present = false;
        proof.States[0].Value = ByteString.Empty;
    })));

    [Fact]
    public void An_absent_key_cannot_be_shown_present() => Assert.Null(Verify(Prove(proof =>
    {
        proof.States[1].Present = true;
        proof.States[1].Value = proof.States[0].Value;
        proof.States[1].OtherLeafKeyHash = ByteString.Empty;
        proof.States[1].OtherLeafValueHash = ByteString.Empty;
    })));

    [Fact]
    public void A_key_shown_twice_proves_nothing() => Assert.Null(Verify(Prove(proof => proof.States.Add(proof.States[0]))));

    [Fact]
    public void One_path_that_does_not_hold_spoils_the_whole_proof() =>
        Assert.Null(Verify(Prove(proof => proof.States[1].Siblings[0] = ByteString.CopyFrom(new byte[32]))));

    [Fact]
    public void Too_few_signatures_prove_nothing()
    {
        var header = _chain.Header(1);
        Assert.Null(Verify(_chain.Prove(header, _chain.Certify(header, [0, 1]), TestChain.Known)));
    }

    private LicenceProofMessage Prove(Action<LicenceProofMessage>? change = null)
    {
        var header = _chain.Header(1);
        var proof = _chain.Prove(header, _chain.Certify(header, [0, 2, 3]), TestChain.Known, TestChain.Unknown);
        change?.Invoke(proof);
        return proof;
    }

    private ProvenFacts? Verify(LicenceProofMessage message) => LicenceProof.TryFrom(message, out var proof) ? proof.Verify(_chain.Anchor) : null;
}
