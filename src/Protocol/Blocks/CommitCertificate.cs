using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Blocks;

/// <summary>Rule C-CERT: a round and at least Q Commit signatures over one header digest, signers in ascending order.</summary>
public sealed class CommitCertificate
{
    /// <summary>Largest certificate in bytes: 100 signatures with their indices.</summary>
    public const int MaxBytes = 16 * 1024;

    private readonly CommitCertificateMessage _message;

    private CommitCertificate(CommitCertificateMessage message, Hash256 digest, ReadOnlyMemory<byte> bytes)
    {
        _message = message;
        Digest = digest;
        Bytes = bytes;
        Hash = Sm3.Hash(bytes.Span);
    }

    /// <summary>The height it decides.</summary>
    public Height Height => new(_message.Height);

    /// <summary>The round it was decided in.</summary>
    public Round Round => new(_message.Round);

    /// <summary>Digest of the decided header.</summary>
    public Hash256 Digest { get; }

    /// <summary>How many signatures it carries.</summary>
    public int Count => _message.Signatures.Count;

    /// <summary>The exact encoding.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>SM3 of the encoding: the next header's last commit hash.</summary>
    public Hash256 Hash { get; }

    /// <summary>A certificate of our own; <paramref name="signatures"/> in ascending order of validator index.</summary>
    public static CommitCertificate Of(Height height, Round round, Hash256 digest, IEnumerable<CommitSignatureMessage> signatures)
    {
        var message = new CommitCertificateMessage { Height = height.Value, Round = round.Value, Digest = ByteString.CopyFrom(digest.Span) };
        message.Signatures.AddRange(signatures);
        return IsSound(message) ? new CommitCertificate(message, digest, message.ToByteArray()) : throw new ArgumentException("Signers must ascend.", nameof(signatures));
    }

    /// <summary>Parses a certificate that somebody sent; false unless canonical, with ascending signers. Signatures are not yet verified.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out CommitCertificate? certificate)
    {
        certificate = CanonicalProto.TryParse(CommitCertificateMessage.Parser, bytes.Span, MaxBytes, out var message)
            && Hash256.TryFrom(message.Digest.Span, out var digest) && IsSound(message)
            ? new CommitCertificate(message, digest, bytes)
            : null;
        return certificate is not null;
    }

    /// <summary>True when it carries valid Commit signatures of at least Q validators of <paramref name="set"/> over its digest (C-QUORUM), and no bad one.</summary>
    public bool Verify(ChainId chain, ValidatorSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (_message.Signatures.Count < set.Quorum || _message.Signatures.Count > set.Count) return false;
        Span<byte> buffer = stackalloc byte[VoteBytes.MaxSize];
        var vote = buffer[..VoteBytes.Write(buffer, chain, VoteType.Commit, Height, Round, Digest)];
        foreach (var one in _message.Signatures)
        {
            if (one.Validator >= (uint)set.Count) return false;
            if (!set.Validators[(int)one.Validator].Key.Verify(SigningContext.Vote, vote, one.Signature.Span)) return false;
        }

        return true;
    }

    private static bool IsSound(CommitCertificateMessage message)
    {
        if (message.Signatures.Count > ProtocolLimits.MaxValidators) return false;
        for (var i = 0; i < message.Signatures.Count; i++)
        {
            if (message.Signatures[i].Signature.Length != Sm2Signature.Size) return false;
            if (i > 0 && message.Signatures[i - 1].Validator >= message.Signatures[i].Validator) return false;
        }

        return true;
    }
}
