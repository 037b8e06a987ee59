namespace LicenceChain.Verifier.Api;

/// <summary>A checkpoint of an access log.</summary>
/// <param name="Origin">The log.</param>
/// <param name="Size">Entries under it.</param>
/// <param name="Root">RFC 6962 root with SM3, 64 hexadecimal digits.</param>
/// <param name="TimeMs">Block time of its anchoring, Unix milliseconds; 0: not anchored.</param>
/// <param name="Height">Height of its anchoring; 0: not anchored.</param>
public sealed record CheckpointReply(string Origin, ulong Size, string Root, ulong TimeMs, ulong Height);
