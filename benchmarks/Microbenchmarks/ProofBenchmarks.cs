using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Microbenchmarks;

/// <summary>What a verifier does offline: parse a proof, check three Commit signatures of four validators and one path in a tree of 100,000 keys.</summary>
public class ProofBenchmarks
{
    private const int Keys = 100_000;
    private const int Validators = 4;
    private static readonly ChainId Chain = ChainId.Parse("benchmark");

    private byte[] _proof = [];
    private TrustAnchor _anchor = null!;

    [GlobalSetup]
    public void Setup()
    {
        var keys = Enumerable.Range(0, Validators).Select(_ => Sm2PrivateKey.Generate()).ToList();
        var set = ValidatorSet.Of([.. keys.Select((key, i) => new Validator(OrganisationCode.Mint($"1131000000000000{i}"), key.PublicKey))]);
        var (tree, key, value) = Tree();
        var header = BlockHeader.Of(new HeaderFields(
            Chain, new Height(7), Hash256.Zero, new UnixTime(1), keys[0].PublicKey.Id.Value, MerkleTree.EmptyRoot, tree.Root, MerkleTree.EmptyRoot, set.Hash, set.Hash, Hash256.Zero));
        _anchor = new TrustAnchor(Chain, Hash256.Zero, new Height(0), set);
        _proof = new LicenceProofMessage
        {
            Header = ByteString.CopyFrom(header.Bytes.Span),
            Certificate = ByteString.CopyFrom(Certify(header, set, keys).Bytes.Span),
            States = { tree.Prove(key.Hash).ToMessage(key.Span, value) },
        }.ToByteArray();
        foreach (var one in keys) one.Dispose();
        if (!Verify()) throw new InvalidOperationException("The proof does not hold.");
    }

    [Benchmark]
    public bool Verify() => LicenceProof.TryParse(_proof, out var proof) && proof.Verify(_anchor) is not null;

    private static (SparseMerkleTree Tree, StateKey Key, byte[] Value) Tree()
    {
        var value = new byte[300];
        var valueHash = Sm3.Hash(value);
        var keys = Enumerable.Range(0, Keys).Select(i => StateKey.From(BitConverter.GetBytes(i))).ToList();
        return (SparseMerkleTree.Empty.Apply([.. keys.Select(key => key.Hash).Order().Select(hash => new StateLeafChange(hash, valueHash))]), keys[5], value);
    }

    private static CommitCertificate Certify(BlockHeader header, ValidatorSet set, List<Sm2PrivateKey> keys)
    {
        Span<byte> buffer = stackalloc byte[VoteBytes.MaxSize];
        var vote = buffer[..VoteBytes.Write(buffer, Chain, VoteType.Commit, header.Height, new Round(0), header.Digest)];
        var signatures = new List<CommitSignatureMessage>();
        for (var i = 0; i < set.Quorum; i++)
        {
            var signature = new byte[Sm2Signature.Size];
            keys[i].Sign(SigningContext.Vote, vote, signature);
            signatures.Add(new CommitSignatureMessage { Validator = (uint)i, Signature = ByteString.CopyFrom(signature) });
        }

        return CommitCertificate.Of(header.Height, new Round(0), header.Digest, signatures);
    }
}
