using LicenceChain.Protocol.Encoding;

namespace LicenceChain.Contracts.Execution;

/// <summary>What one transaction may use. Part of the protocol: all must meter alike.</summary>
internal sealed record ExecutionLimits(int MaxReads, int MaxWrites, int MaxValueBytes)
{
    /// <summary>A batch of 500 licences reads and writes each once and its type once a licence; the rest is room.</summary>
    public static ExecutionLimits Protocol { get; } = new(MaxReads: 1_100, MaxWrites: 520, ProtocolLimits.MaxStateValueBytes);
}
