using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Blocks;

/// <summary>The values of a header (C-HEADER), each already well formed.</summary>
/// <param name="Chain">The chain it belongs to.</param>
/// <param name="Height">Position; 0 is genesis.</param>
/// <param name="Parent">Digest of the header below; at height 0, SM3 of the genesis document.</param>
/// <param name="Time">Block time; greater than the parent's.</param>
/// <param name="Proposer">Key of the validator that built it; zero at height 0.</param>
/// <param name="TransactionRoot">RFC 6962 root over the transactions.</param>
/// <param name="StateRoot">Sparse tree root after the block.</param>
/// <param name="ReceiptRoot">RFC 6962 root over the receipts.</param>
/// <param name="ValidatorsHash">Of the set that decides this height.</param>
/// <param name="NextValidatorsHash">Of the set that decides the next one.</param>
/// <param name="LastCommitHash">SM3 of the canonical certificate of the height below; zero at heights 0 and 1.</param>
public sealed record HeaderFields(
    ChainId Chain,
    Height Height,
    Hash256 Parent,
    UnixTime Time,
    Hash256 Proposer,
    Hash256 TransactionRoot,
    Hash256 StateRoot,
    Hash256 ReceiptRoot,
    Hash256 ValidatorsHash,
    Hash256 NextValidatorsHash,
    Hash256 LastCommitHash)
{
    internal BlockHeaderMessage ToMessage() => new()
    {
        ChainId = Chain.Value,
        Height = Height.Value,
        Parent = ByteString.CopyFrom(Parent.Span),
        TimeMs = Time.Milliseconds,
        Proposer = ByteString.CopyFrom(Proposer.Span),
        TxRoot = ByteString.CopyFrom(TransactionRoot.Span),
        StateRoot = ByteString.CopyFrom(StateRoot.Span),
        ReceiptRoot = ByteString.CopyFrom(ReceiptRoot.Span),
        ValidatorsHash = ByteString.CopyFrom(ValidatorsHash.Span),
        NextValidatorsHash = ByteString.CopyFrom(NextValidatorsHash.Span),
        LastCommitHash = ByteString.CopyFrom(LastCommitHash.Span),
    };

    internal static bool TryFrom(BlockHeaderMessage message, [NotNullWhen(true)] out HeaderFields? fields)
    {
        fields = ChainId.TryParse(message.ChainId, out var chain)
            && Hash256.TryFrom(message.Parent.Span, out var parent)
            && Hash256.TryFrom(message.Proposer.Span, out var proposer)
            && Hash256.TryFrom(message.TxRoot.Span, out var transactions)
            && Hash256.TryFrom(message.StateRoot.Span, out var state)
            && Hash256.TryFrom(message.ReceiptRoot.Span, out var receipts)
            && Hash256.TryFrom(message.ValidatorsHash.Span, out var validators)
            && Hash256.TryFrom(message.NextValidatorsHash.Span, out var next)
            && Hash256.TryFrom(message.LastCommitHash.Span, out var lastCommit)
            ? new HeaderFields(chain, new Height(message.Height), parent, new UnixTime(message.TimeMs), proposer, transactions, state, receipts, validators, next, lastCommit)
            : null;
        return fields is not null;
    }
}
