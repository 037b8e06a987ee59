using LicenceChain.Node.BlockProduction;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Divergence;

/// <summary>A decided block gives other roots here. The loop goes no further; before it stops, it asks its peers where the first difference is.</summary>
internal sealed class DivergedException : Exception
{
    /// <summary>While it was applied.</summary>
    public DivergedException(Block block, ExecutedBlock executed)
        : base(Words(block.Header, executed)) => (Block, Executed) = (block, executed);

    /// <summary>The consensus decided a block that was found to diverge when it was proposed.</summary>
    public DivergedException(Height height)
        : base($"Block {height} was decided, and executing it here gives other roots.")
    {
    }

    /// <summary>The block; null when the proposal's check has told of it already.</summary>
    public Block? Block { get; }

    /// <summary>What it came to here.</summary>
    public ExecutedBlock? Executed { get; }

    /// <summary>Which root differs.</summary>
    public static string Words(BlockHeader header, ExecutedBlock executed) =>
        $"Block {header.Height} was decided with state root {header.Fields.StateRoot}; executing it here gives {executed.StateRoot}.";
}
