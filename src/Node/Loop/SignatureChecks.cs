using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Loop;

/// <summary>Verifies every signature that it is asked for.</summary>
internal sealed class SignatureChecks : ISignatureChecks
{
    /// <summary>It has no state.</summary>
    public static readonly SignatureChecks Instance = new();

    private SignatureChecks()
    {
    }

    /// <inheritdoc/>
    public bool IsSigned(SignedTransaction transaction, Sm2PublicKey key) => transaction.VerifySignature(key);

    /// <inheritdoc/>
    public bool IsCertified(CommitCertificate certificate, ChainId chain, ValidatorSet set) => certificate.Verify(chain, set);
}
