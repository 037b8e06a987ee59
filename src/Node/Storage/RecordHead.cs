namespace LicenceChain.Node.Storage;

/// <summary>A record's head as read from disk.</summary>
/// <param name="Length">Payload bytes; at least 1.</param>
/// <param name="Tag">What the file's owner wrote with it; a block's height.</param>
/// <param name="PayloadChecksum">CRC-32C that the payload must have.</param>
internal readonly record struct RecordHead(int Length, ulong Tag, uint PayloadChecksum);
