using System.Runtime.CompilerServices;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Merkle;

/// <summary>
/// A node of the state tree. An empty subtree is <c>null</c>, its hash 32 zero bytes. A node is made without its hash, so that
/// the nodes of a batch are hashed together (<see cref="SparseMerkleBatch"/>); from then on it never changes.
/// </summary>
internal abstract class SparseMerkleNode
{
    /// <summary>Prefix of a leaf's hash.</summary>
    public const byte LeafPrefix = 0x00;

    /// <summary>Prefix of an inner node's hash.</summary>
    public const byte InnerPrefix = 0x01;

    private Hash256 _hash;

    /// <summary>The node's hash, in place; set once, by the batch that made the node.</summary>
    public ref Hash256 Hash => ref _hash;

    /// <summary>The hash of a node or of an empty subtree.</summary>
    public static Hash256 HashOf(SparseMerkleNode? node) => node is null ? Hash256.Zero : node._hash;

    /// <summary>SM3(00‖key hash‖value hash).</summary>
    public static Hash256 LeafHash(in Hash256 keyHash, in Hash256 valueHash) => HashPair(LeafPrefix, keyHash, valueHash);

    /// <summary>SM3(01‖left‖right).</summary>
    public static Hash256 InnerHash(in Hash256 left, in Hash256 right) => HashPair(InnerPrefix, left, right);

    [SkipLocalsInit]
    private static Hash256 HashPair(byte prefix, in Hash256 first, in Hash256 second)
    {
        Span<byte> bytes = stackalloc byte[1 + 2 * Hash256.Size];
        bytes[0] = prefix;
        first.CopyTo(bytes[1..]);
        second.CopyTo(bytes[(1 + Hash256.Size)..]);
        return Sm3.Hash(bytes);
    }

    /// <summary>A key and its value; 112 bytes on a 64-bit machine.</summary>
    internal sealed class Leaf(Hash256 keyHash, Hash256 valueHash) : SparseMerkleNode
    {
        /// <summary>SM3 of the key.</summary>
        public readonly Hash256 KeyHash = keyHash;

        /// <summary>SM3 of the value.</summary>
        public readonly Hash256 ValueHash = valueHash;
    }

    /// <summary>Two subtrees with two or more leaves between them; 64 bytes on a 64-bit machine.</summary>
    internal sealed class Inner(SparseMerkleNode? left, SparseMerkleNode? right) : SparseMerkleNode
    {
        /// <summary>Keys whose next bit is 0.</summary>
        public readonly SparseMerkleNode? Left = left;

        /// <summary>Keys whose next bit is 1.</summary>
        public readonly SparseMerkleNode? Right = right;
    }
}
