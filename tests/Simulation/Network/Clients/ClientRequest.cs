using LicenceChain.Node.Mempool;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Simulation.Network.Checks;

namespace LicenceChain.Simulation.Network.Clients;

/// <summary>A transaction that a client wants committed, and what became of it.</summary>
internal sealed class ClientRequest(SignedTransaction transaction, LicenceId? licence)
{
    public SignedTransaction Transaction => transaction;

    /// <summary>The licence that it issues or changes.</summary>
    public LicenceId? Licence => licence;

    /// <summary>Where it was submitted and no answer came yet.</summary>
    public List<(SimulatedMachine Machine, int Life, Submission Submission)> Open { get; } = [];

    /// <summary>Times it was submitted.</summary>
    public int Tries { get; set; }

    /// <summary>When a client loses its patience with the last node it asked.</summary>
    public ulong PatientUntilUs { get; set; }

    /// <summary>What the first node said that committed it; null while none did.</summary>
    public ChainCheck.SubmitResultPlace? Told { get; set; }

    /// <summary>True once the client asks no more.</summary>
    public bool IsOver { get; set; }
}
