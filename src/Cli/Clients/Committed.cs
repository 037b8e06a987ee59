using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Cli.Clients;

/// <summary>What became of one transaction, and how long it took from signing to the node's word that a block holds it.</summary>
internal sealed record Committed(TransactionId Transaction, string Code, string Detail, Height Height, TimeSpan Latency)
{
    /// <summary>True when it changed the state.</summary>
    public bool Applied => Code == Refusal.Ok;
}
