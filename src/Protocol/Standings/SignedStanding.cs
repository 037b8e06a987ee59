using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Standings;

/// <summary>A <see cref="NodeStanding"/> with its node's signature over exactly those bytes, in the context <see cref="SigningContext.Standing"/>.</summary>
public sealed class SignedStanding
{
    private readonly SignedStandingMessage _message;

    private SignedStanding(NodeStanding standing, Sm2PublicKey key, SignedStandingMessage message) => (Standing, Key, _message) = (standing, key, message);

    /// <summary>What it says.</summary>
    public NodeStanding Standing { get; }

    /// <summary>The key that <see cref="Standing"/> names. Whether it has a seat, a validator set says.</summary>
    public Sm2PublicKey Key { get; }

    /// <summary>Signs <paramref name="standing"/> through <paramref name="sign"/>, which holds the private half of <paramref name="key"/>.</summary>
    public static SignedStanding Of(NodeStanding standing, Sm2PublicKey key, StandingSigner sign)
    {
        ArgumentNullException.ThrowIfNull(standing);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(sign);
        if (standing.Key != key.Id) throw new ArgumentException("A node signs for itself alone.", nameof(key));
        var message = new SignedStandingMessage { Standing = standing.ToMessage(), PublicKey = ByteString.CopyFrom(key.Encoded) };
        Span<byte> signature = stackalloc byte[Sm2Signature.Size];
        sign(message.Standing.ToByteArray(), signature);
        message.Signature = ByteString.CopyFrom(signature);
        return new SignedStanding(standing, key, message);
    }

    /// <summary>Takes what somebody sent; false unless every field is within its bounds and the key is the one that the standing names. Not yet verified.</summary>
    public static bool TryFrom(SignedStandingMessage? message, [NotNullWhen(true)] out SignedStanding? signed)
    {
        signed = null;
        if (message is null || message.CalculateSize() > StandingLimits.MaxBytes || message.Signature.Length != Sm2Signature.Size) return false;
        if (!Sm2PublicKey.TryParse(message.PublicKey.Span, out var key) || !NodeStanding.TryFrom(message.Standing, out var standing) || standing.Key != key.Id) return false;
        signed = new SignedStanding(standing, key, message);
        return true;
    }

    /// <summary>True when the named key signed exactly this.</summary>
    public bool Verify() => Key.Verify(SigningContext.Standing, _message.Standing.ToByteArray(), _message.Signature.Span);

    /// <summary>As it is sent.</summary>
    public SignedStandingMessage ToMessage() => _message.Clone();
}
