using LicenceChain.Consensus.Messages;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
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

    /// <inheritdoc/>
    public bool IsSigned(VoteMessage vote, in VoteContent content, ChainId chain, Sm2PublicKey key) => VoteSignatures.Instance.IsSigned(vote, content, chain, key);
}
