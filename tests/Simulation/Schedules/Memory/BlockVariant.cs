using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Simulation.Schedules.Memory;

/// <summary>The blocks that one proposer may build on one parent; its state root tells them apart.</summary>
internal enum BlockVariant
{
    Unspecified = 0,

    /// <summary>What a correct validator builds.</summary>
    First = 1,

    /// <summary>What the other copy of it builds, or a liar.</summary>
    Second = 2,

    /// <summary>Another right block.</summary>
    Third = 3,

    /// <summary>A block that no message ever carries.</summary>
    Unseen = 4,

    /// <summary>Its roots are not those of its execution.</summary>
    Diverging = 5,

    /// <summary>A transaction in it is not allowed.</summary>
    Forbidden = 6,
}

/// <summary>Reads the variant back from a block.</summary>
internal static class BlockVariants
{
    private static readonly Dictionary<Hash256, BlockVariant> ByRoot =
        Enum.GetValues<BlockVariant>().ToDictionary(variant => Sm3.Hash(BitConverter.GetBytes((ulong)variant)));

    public static BlockVariant Of(Block block) => ByRoot.GetValueOrDefault(block.Header.Fields.StateRoot);

    public static bool IsRight(Block block) => Of(block) is BlockVariant.First or BlockVariant.Second or BlockVariant.Third or BlockVariant.Unseen;
}
