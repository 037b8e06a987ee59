using LicenceChain.Hosting.AccessLog;
using LicenceChain.Protocol.Transactions;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Vault;

/// <summary>
/// Whether the vault's log is still the one of which the chain holds a checkpoint. Where it is not, entries are missing or changed: nothing is added to it and nothing released
/// until the operator has restored it, who is told once: it stays so until the node is started again. Safe from any thread.
/// </summary>
internal sealed class AnchoredLog(ChainView chain, IndexedAccessLog log, ILogger logger)
{
    private ulong _sound; // size of the last checkpoint that was found in the log: it only grows
    private string _said = "";

    /// <summary>Null while it is; else what the requester is told.</summary>
    public Refusal? Fault()
    {
        if (chain.Checkpoint(log.Origin) is not { } anchored || anchored.Size == Volatile.Read(ref _sound)) return null;
        if (log.Contradiction(anchored) is not { } contradiction)
        {
            Volatile.Write(ref _sound, anchored.Size);
            return null;
        }

        if (Interlocked.Exchange(ref _said, contradiction) != contradiction) Log.VaultLogLost(logger, contradiction);
        return new Refusal(VaultCodes.LogLost, "The vault's log is not the one of which the chain holds a checkpoint: nothing is released before its operator has restored it.");
    }
}
