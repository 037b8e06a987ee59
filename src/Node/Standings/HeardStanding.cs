using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Standings;

namespace LicenceChain.Node.Standings;

/// <summary>What a peer said of itself last.</summary>
/// <param name="Standing">Its words; the link has proven who sent them, the signature is for whoever is shown them.</param>
/// <param name="At">When it was heard, by the clock here.</param>
public sealed record HeardStanding(SignedStanding Standing, UnixTime At);
