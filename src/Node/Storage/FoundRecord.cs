namespace LicenceChain.Node.Storage;

/// <summary>A record that a scan found.</summary>
/// <param name="Tag">What the file's owner wrote with it.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="IsIntact">True when its payload checks out, or was not looked at.</param>
/// <param name="IsAfterGap">True when something before it could not be read, and it was found by searching. Bytes inside a damaged record may pass for one.</param>
internal readonly record struct FoundRecord(ulong Tag, long Offset, long End, bool IsIntact, bool IsAfterGap);
