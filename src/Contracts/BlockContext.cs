using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Contracts;

/// <summary>What a contract may know about the block it runs in.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Height">Height of the block.</param>
/// <param name="Time">Block time: the only "now" there is.</param>
public sealed record BlockContext(ChainId Chain, Height Height, UnixTime Time);
