using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Sdk.Tests.Support;

/// <summary>Four validators with their keys.</summary>
internal sealed class TestValidators
{
    private readonly Sm2PrivateKey[] _keys;

    private TestValidators(int seed)
    {
        _keys = [.. Enumerable.Range(seed, 4).Select(Keys.Of)];
        Set = ValidatorSet.Of([.. _keys.Select((key, i) => new Validator(Ledger.Organisation(seed + i), key.PublicKey))]);
    }

    public static TestValidators First { get; } = new(100);

    public static TestValidators Second { get; } = new(200);

    public ValidatorSet Set { get; }

    /// <summary>A certificate with the signatures of the first <paramref name="signers"/> validators.</summary>
    public CommitCertificate Certify(BlockHeader header, int signers)
    {
        var vote = new byte[VoteBytes.MaxSize];
        var length = VoteBytes.Write(vote, header.Fields.Chain, VoteType.Commit, header.Height, new Round(0), header.Digest);
        var signatures = new List<CommitSignatureMessage>();
        for (var i = 0; i < signers; i++)
        {
            var signature = new byte[Sm2Signature.Size];
            _keys[i].Sign(SigningContext.Vote, vote.AsSpan(0, length), signature);
            signatures.Add(new CommitSignatureMessage { Validator = (uint)i, Signature = ByteString.CopyFrom(signature) });
        }

        return CommitCertificate.Of(header.Height, new Round(0), header.Digest, signatures);
    }
}
