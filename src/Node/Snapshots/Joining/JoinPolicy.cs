using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Snapshots.Joining;

/// <summary>When a snapshot is taken.</summary>
/// <param name="AtLeast">The least height that is worth it.</param>
/// <param name="MayReplay">True when the node starts at genesis and replays if nothing that high is offered; else it goes on asking.</param>
internal sealed record JoinPolicy(Height AtLeast, bool MayReplay);
