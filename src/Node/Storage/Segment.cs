namespace LicenceChain.Node.Storage;

/// <summary>One segment file.</summary>
/// <param name="First">The height that names it: the lowest that it may hold.</param>
/// <param name="File">Its records.</param>
internal sealed record Segment(ulong First, RecordFile File);
