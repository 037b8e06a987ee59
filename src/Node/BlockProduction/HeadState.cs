using LicenceChain.Contracts;
using LicenceChain.Node.Divergence;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.BlockProduction;

/// <summary>The state at the head as execution reads it: memory first; the tree knows what is absent without asking the disk, and what every row read from the disk must hash to.</summary>
internal sealed class HeadState(IStateStore store, SparseMerkleTree tree) : IStateReader
{
    /// <summary>The tree at the head.</summary>
    public SparseMerkleTree Tree { get; set; } = tree;

    /// <inheritdoc/>
    public bool TryGet(StateKey key, out ReadOnlyMemory<byte> value)
    {
        if (store.TryGetHot(key, out var hot))
        {
            value = hot.GetValueOrDefault();
            return hot is not null;
        }

        value = default;
        if (!Tree.TryGetValueHash(key.Hash, out var expected)) return false;

        // C-ALARM: before a wrong row makes this node diverge, it names itself: a row that rotted on the disk must not be executed over.
        return store.TryGet(key, out value) && Sm3.Hash(value.Span) == expected
            ? true
            : throw StateDamagedException.Row(KeyText.Of(key));
    }
}
