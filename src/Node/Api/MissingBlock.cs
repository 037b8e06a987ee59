using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Api;

/// <summary>Why a block cannot be given.</summary>
internal static class MissingBlock
{
    public static Refusal Why(Height height, NodeStatus status) =>
        height > status.Height ? new Refusal(ApiCodes.NoBlock, $"No block {height} here; the head is {status.Height}.")
        : height < status.LowestBlock ? new Refusal(ApiCodes.Archived, $"Block {height} is archived: the lowest one held here is {status.LowestBlock}. Ask the operator for the archive, or a node that keeps all blocks.")
        : new Refusal(ApiCodes.Damaged, $"Block {height} was damaged on this node's disk and is being fetched from a peer: ask again, or ask another node.");
}
