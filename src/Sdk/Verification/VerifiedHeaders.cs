using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Sdk.Verification;

/// <summary>Digests of headers that were found certified, by height, up to a bound. Two digests for one height are a fork: a broken invariant.</summary>
internal sealed class VerifiedHeaders(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Height, Hash256> _digests = [];
    private readonly Queue<Height> _order = new();

    public bool Contains(BlockHeader header)
    {
        lock (_gate) return _digests.TryGetValue(header.Height, out var digest) && digest == header.Digest;
    }

    public void Add(BlockHeader header)
    {
        lock (_gate)
        {
            if (_digests.TryGetValue(header.Height, out var known))
            {
                if (known == header.Digest) return;
                throw new LicenceChainException(SdkCodes.Forked, $"Height {header.Height} has two certified headers, {known} and {header.Digest}. Trust neither.");
            }

            if (_order.Count == capacity) _digests.Remove(_order.Dequeue());
            _digests.Add(header.Height, header.Digest);
            _order.Enqueue(header.Height);
        }
    }
}
