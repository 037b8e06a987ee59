using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Sdk.Client;

/// <summary>A record as one node says it stands: an answer, not a proof. Ask <see cref="LicenceChainClient.ProveAsync"/> for one.</summary>
/// <param name="Height">The height it was read at.</param>
/// <param name="Record">The record.</param>
/// <typeparam name="T">The record's message.</typeparam>
public sealed record StateEntry<T>(Height Height, T Record);
