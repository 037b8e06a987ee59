using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Loop;

/// <summary>The local clock, as the loop sees it.</summary>
internal interface INodeClock
{
    /// <summary>Now.</summary>
    UnixTime Now { get; }
}
