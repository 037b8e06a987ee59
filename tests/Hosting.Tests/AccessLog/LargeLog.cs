using LicenceChain.Hosting.AccessLog;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Hosting.Tests.AccessLog;

/// <summary>A log with three levels of tiles, built once for all proofs about it.</summary>
public sealed class LargeLog : IDisposable
{
    public const int Total = 256 * 256 + 300;

    public LargeLog()
    {
        for (var i = 0; i < Total; i += AccessLogStore.MaxBatch)
        {
            var batch = Enumerable.Range(i, Math.Min(AccessLogStore.MaxBatch, Total - i)).Select(n => new ReadOnlyMemory<byte>(BitConverter.GetBytes(n))).ToArray();
            for (var n = 0; n < batch.Length; n++) Leaves[i + n] = MerkleTree.LeafHash(batch[n].Span);
            Store.AppendBatch(batch);
        }
    }

    public AccessLogStore Store { get; } = AccessLogStore.Open(new MemoryLogFiles());

    public Hash256[] Leaves { get; } = new Hash256[Total];

    public void Dispose() => Store.Dispose();
}
