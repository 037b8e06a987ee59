using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Hosting.AccessLog;

/// <summary>A state of a log: how many records it held and the root over them (RFC 6962 with SM3).</summary>
/// <param name="Size">Number of records.</param>
/// <param name="Root">The root; SM3 of nothing for an empty log.</param>
public readonly record struct LogCheckpoint(ulong Size, Hash256 Root);
