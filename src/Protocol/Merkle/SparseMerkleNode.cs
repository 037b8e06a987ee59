using System.Runtime.CompilerServices;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Merkle;

/// <summary>A node of the state tree, never changed once made. An empty subtree is <c>null</c>, its hash 32 zero bytes.</summary>
internal abstract class SparseMerkleNode(Hash256 hash)
{
    private readonly Hash256 _hash = hash;

    /// <summary>The node's hash, in place.</summary>
    public ref readonly Hash256 Hash => ref _hash;

    /// <summary>The hash of a node or of an empty subtree.</summary>
    public static Hash256 HashOf(SparseMerkleNode? node) => node is null ? Hash256.Zero : node._hash;

    /// <summary>SM3(00‖key hash‖value hash).</summary>
    public static Hash256 LeafHash(in Hash256 keyHash, in Hash256 valueHash) => HashPair(0x00, keyHash, valueHash);

    /// <summary>SM3(01‖left‖right).</summary>
    public static Hash256 InnerHash(in Hash256 left, in Hash256 right) => HashPair(0x01, left, right);

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
    internal sealed class Leaf(Hash256 keyHash, Hash256 valueHash) : SparseMerkleNode(LeafHash(keyHash, valueHash))
    {
        /// <summary>SM3 of the key.</summary>
        public readonly Hash256 KeyHash = keyHash;

        /// <summary>SM3 of the value.</summary>
        public readonly Hash256 ValueHash = valueHash;
    }

    /// <summary>Two subtrees with two or more leaves between them; 64 bytes on a 64-bit machine.</summary>
    internal sealed class Inner(SparseMerkleNode? left, SparseMerkleNode? right) : SparseMerkleNode(InnerHash(HashOf(left), HashOf(right)))
    {
        /// <summary>Keys whose next bit is 0.</summary>
        public readonly SparseMerkleNode? Left = left;

        /// <summary>Keys whose next bit is 1.</summary>
        public readonly SparseMerkleNode? Right = right;
    }
}
