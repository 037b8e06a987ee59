using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Simulation.Network.Checks;

/// <summary>Archiving loses nothing: what a node does not hold any more is in its archive, block by block the chain's, unless it was taken from it or a snapshot began above it.</summary>
internal static class ArchiveCheck
{
    /// <summary>Whatever was taken from whom, and archived where: somebody has each block.</summary>
    public static void RequireSomewhere(IReadOnlyList<SimulatedMachine> machines, ChainCheck chain)
    {
        var stores = machines.SelectMany(machine => (IBlockStore[])[machine.Node!.Blocks, SegmentBlockStore.Open(machine.Disk.Archive)]).ToList();
        for (var height = new Height(1); height.Value <= chain.Height; height = height.Next)
            NetworkChecks.Require(stores.Exists(store => store.TryRead(height, out _)), $"Block {height} is on no disk and in no archive.");
    }

    /// <summary>This node's.</summary>
    public static void RequireWhole(SimulatedMachine machine, ChainCheck chain)
    {
        var lowest = machine.Node!.Blocks.Lowest.Value;
        if (lowest == 0) return;
        using var archive = SegmentBlockStore.Open(machine.Disk.Archive);
        for (var height = 1UL; height < lowest; height++)
        {
            var isThere = archive.TryRead(new Height(height), out var block);
            NetworkChecks.Require(isThere || machine.HasForgotten || machine.IsRotten, $"Block {height} is neither on the disk of node{machine.Index}, which begins at {lowest}, nor in its archive.");
            if (isThere) NetworkChecks.Require(block!.Block.Header.Digest == chain.At(height).Block.Header.Digest, $"The archive of node{machine.Index} holds another block {height}.");
        }
    }
}
