namespace LicenceChain.Hosting.AccessLog;

/// <summary>Sees each record once, in order, while a log is opened. The span is valid during the call only.</summary>
public delegate void LogRecordVisitor(ulong index, ReadOnlySpan<byte> record);
