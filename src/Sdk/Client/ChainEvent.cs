using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Sdk.Client;

/// <summary>A typed event of a committed transaction.</summary>
/// <param name="Cursor">Where it stands; give it back to resume after it.</param>
/// <param name="Transaction">Whose it is.</param>
/// <param name="Type">For example <c>licence.issued</c>.</param>
/// <param name="Subject">For example the licence identifier.</param>
/// <param name="Data">The record after the change, or empty.</param>
public sealed record ChainEvent(EventCursor Cursor, TransactionId Transaction, string Type, string Subject, ReadOnlyMemory<byte> Data);
