namespace LicenceChain.Verifier.Api;

/// <summary>Where an entry stands in an access log.</summary>
/// <param name="Origin">The log.</param>
/// <param name="Index">Place in it, from 0.</param>
public sealed record LogEntryReply(string Origin, ulong Index);
