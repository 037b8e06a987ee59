using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node;

/// <summary>Why a node itself, not the chain, could not take a transaction. Listed in docs/reference/codes.md.</summary>
public static class NodeCodes
{
    /// <summary>The node is stopping; submit to another one. The transaction may still be committed if it was gossiped before.</summary>
    public const string Stopping = "LC-NODE-001";

    internal static Refusal StoppingRefusal { get; } = new(Stopping, "The node is stopping; submit to another node.");
}
