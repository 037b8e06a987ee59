using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Mempool;

/// <summary>An admitted transaction on its way through the signature check.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Key">The key it must verify under.</param>
/// <param name="Member">Whose fair share it counts against.</param>
/// <param name="Digest">SHA-256 of the whole transaction, signature included.</param>
/// <param name="Submission">Who waits; null when it was gossiped.</param>
/// <param name="Source">The peer it came from; null when a client submitted it.</param>
internal sealed record IncomingTransaction(
    SignedTransaction Transaction, Sm2PublicKey Key, OrganisationCode Member, Hash256 Digest, Submission? Submission, KeyId? Source);
