using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Protocol.Tests.Proofs;

/// <summary>Validators with real keys, one state, and headers that they certify.</summary>
internal sealed class TestChain : IDisposable
{
    public static readonly ChainId Chain = ChainId.Parse("proof-tests");
    public static readonly StateKey Known = StateKey.From("l/known"u8);
    public static readonly StateKey Unknown = StateKey.From("l/unknown"u8);
    public static readonly byte[] Value = "the record"u8.ToArray();

    private readonly List<Sm2PrivateKey> _keys;

    public TestChain(int validators, int organisation = 0)
    {
        _keys = [.. Enumerable.Range(0, validators).Select(_ => Sm2PrivateKey.Generate())];
        Set = ValidatorSet.Of([.. _keys.Select((key, i) => new Validator(OrganisationCode.Mint($"11310000000000{organisation + i:D3}"), key.PublicKey))]);
        Anchor = new TrustAnchor(Chain, Hash256.Zero, new Height(0), Set);
        Tree = SparseMerkleTree.Empty.Apply([.. Enumerable.Range(0, 40).Select(i => StateKey.From([(byte)i])).Append(Known)
            .Select(key => new StateLeafChange(key.Hash, Sm3.Hash(Value))).OrderBy(change => change.KeyHash)]);
    }

    public ValidatorSet Set { get; }

    public TrustAnchor Anchor { get; }

    public SparseMerkleTree Tree { get; }

    public BlockHeader Header(ulong height, ValidatorSet? next = null, ChainId? chain = null) => BlockHeader.Of(new HeaderFields(
        chain ?? Chain, new Height(height), Hash256.Zero, new UnixTime(height), _keys[0].PublicKey.Id.Value, MerkleTree.EmptyRoot, Tree.Root, MerkleTree.EmptyRoot,
        Set.Hash, (next ?? Set).Hash, Hash256.Zero));

    /// <summary>Signed by the given seats over Commit votes of <paramref name="chain"/>.</summary>
    public CommitCertificate Certify(BlockHeader header, IEnumerable<int> seats, ChainId? chain = null, VoteType type = VoteType.Commit)
    {
        Span<byte> buffer = stackalloc byte[VoteBytes.MaxSize];
        var vote = buffer[..VoteBytes.Write(buffer, chain ?? Chain, type, header.Height, new Round(0), header.Digest)];
        var signatures = new List<CommitSignatureMessage>();
        foreach (var seat in seats)
        {
            var signature = new byte[Sm2Signature.Size];
            _keys[seat].Sign(SigningContext.Vote, vote, signature);
            signatures.Add(new CommitSignatureMessage { Validator = (uint)seat, Signature = ByteString.CopyFrom(signature) });
        }

        return CommitCertificate.Of(header.Height, new Round(0), header.Digest, signatures);
    }

    public LicenceProofMessage Prove(BlockHeader header, CommitCertificate certificate, params StateKey[] keys)
    {
        var message = new LicenceProofMessage { Header = ByteString.CopyFrom(header.Bytes.Span), Certificate = ByteString.CopyFrom(certificate.Bytes.Span) };
        foreach (var key in keys)
        {
            var path = Tree.Prove(key.Hash);
            message.States.Add(path.ToMessage(key.Span, path.Present ? Value : []));
        }

        return message;
    }

    public void Dispose() => _keys.ForEach(key => key.Dispose());
}
