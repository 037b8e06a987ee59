using Google.Protobuf;
using LicenceChain.Contracts.Recognition;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Verifier.Verifications;

/// <summary>What is known of one verification while its steps run. Used by one thread of control.</summary>
internal sealed class VerificationCase
{
    public VerificationCase(VerificationRequest request, VaultRequestStatement statement, UnixTime now)
    {
        Request = request;
        Now = now;
        UseId = Sm3.Hash(statement.ToByteArray()); // of the request before it names its use
        Statement = statement;
        Statement.UseId = ByteString.CopyFrom(UseId.Span);
    }

    public VerificationRequest Request { get; }

    /// <summary>The service's clock when the request came.</summary>
    public UnixTime Now { get; }

    /// <summary>Joins the two halves of the access.</summary>
    public Hash256 UseId { get; }

    /// <summary>The height whose block holds the use; null until step V6.</summary>
    public Height? ConsumedAt { get; set; }

    /// <summary>What is asked of the vault but for its time and nonce.</summary>
    public VaultRequestStatement Statement { get; }

    /// <summary>What the decision is taken on; null until step V3.</summary>
    public LicenceProof? Proof { get; set; }

    /// <summary>What the proof establishes.</summary>
    public ProvenFacts? Facts { get; set; }

    /// <summary>The same as the rules see it.</summary>
    public RecognitionFacts? Recognition { get; set; }

    /// <summary>The attributes that the vault released; empty until step V7. Personal data.</summary>
    public IReadOnlyDictionary<string, string> Released { get; set; } = new Dictionary<string, string>();

    /// <summary>SM3 of the envelope released.</summary>
    public Hash256? ResultDigest { get; set; }
}
