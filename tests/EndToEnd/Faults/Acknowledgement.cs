using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.EndToEnd.Faults;

/// <summary>What a node promised a client: this transaction stands in that block for ever.</summary>
/// <param name="Transaction">Its id.</param>
/// <param name="Licence">What it issued.</param>
/// <param name="Height">The block.</param>
/// <param name="Index">The place in the block.</param>
/// <param name="At">Stopwatch timestamp of the answer.</param>
/// <param name="By">The validator that answered.</param>
internal sealed record Acknowledgement(TransactionId Transaction, LicenceId Licence, Height Height, uint Index, long At, int By);
