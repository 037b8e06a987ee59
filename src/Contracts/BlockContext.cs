using LicenceChain.Protocol;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Contracts;

/// <summary>What a contract may know about the block it runs in.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Height">Height of the block.</param>
/// <param name="Time">Block time: the only "now" there is.</param>
/// <param name="Version">Version of the protocol in force at the height: what a method does may depend on it, and on nothing else of the kind.</param>
public sealed record BlockContext(ChainId Chain, Height Height, UnixTime Time, uint Version = ProtocolVersions.First);
