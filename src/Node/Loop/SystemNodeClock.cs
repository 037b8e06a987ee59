using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Loop;

/// <summary>The clock of a running node.</summary>
internal sealed class SystemNodeClock(TimeProvider clock) : INodeClock
{
    /// <inheritdoc/>
    public UnixTime Now => new((ulong)clock.GetUtcNow().ToUnixTimeMilliseconds());
}
