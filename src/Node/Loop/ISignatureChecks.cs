using LicenceChain.Consensus.Messages;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Loop;

/// <summary>What work asks of signatures. Production verifies each (<see cref="SignatureChecks"/>); a simulation of many nodes may remember what one of them found.</summary>
internal interface ISignatureChecks : IVoteSignatures
{
    /// <summary>True when the transaction is signed with this key.</summary>
    bool IsSigned(SignedTransaction transaction, Sm2PublicKey key);

    /// <summary>C-CERT: true when the certificate is Q valid Commits of the set.</summary>
    bool IsCertified(CommitCertificate certificate, ChainId chain, ValidatorSet set);
}
