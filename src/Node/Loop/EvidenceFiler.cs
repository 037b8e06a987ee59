using Google.Protobuf;
using LicenceChain.Consensus;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Loop;

/// <summary>
/// C-EVIDENCE: puts contradicting votes on the chain once their height is decided. A validator files what it saw when it is the next proposer's turn: one
/// transaction a height and not one of each validator. What is lost with a crash, the others saw too.
/// </summary>
internal sealed class EvidenceFiler(ChainState chain, IVoteSigner signer, Sm2PrivateKey serviceKey, Action<SignedTransaction> submit, ILogger logger)
{
    /// <summary>Most evidence that waits at a time. Faults beyond a third of at most 100 validators end the chain anyway; one height has no more.</summary>
    public const int MaxWaiting = 64;

    // Heights that a transaction stays valid; then the next turn files again.
    private const ulong ValidFor = 100;

    // Heights after which evidence that the chain does not take is let go: its seat may have another key since.
    private const ulong KeptFor = 1_000;

    private readonly List<Waiting> _waiting = [];

    /// <summary>The consensus saw two votes that contradict each other.</summary>
    public void Note(EvidenceMessage evidence)
    {
        var height = new Height(evidence.First.Height);
        var record = StateKeys.Evidence(chain.Next.Validators[(int)evidence.First.Validator].Key.Id, height);
        if (_waiting.Count < MaxWaiting && !_waiting.Exists(w => w.Record == record)) _waiting.Add(new Waiting(record, height, evidence));
    }

    /// <summary>The head moved: lets go what is on the chain and files what is due.</summary>
    public void OnHead()
    {
        if (_waiting.Count == 0) return;
        _waiting.RemoveAll(w => IsRecorded(w) || chain.Height.Value - ulong.Min(w.Height.Value, chain.Height.Value) > KeptFor);
        if (!chain.Next.TryIndexOf(signer.Key, out var index) || index != chain.Next.ProposerIndex(chain.Height.Next, new Round(0))) return;
        foreach (var one in _waiting)
            if (one.Height <= chain.Height && one.FiledUntil <= chain.Height)
                File(one);
    }

    private bool IsRecorded(Waiting one)
    {
        var isRecorded = chain.State.TryGet(one.Record, out _);
        if (isRecorded) Log.EvidenceRecorded(logger, one.Votes.First.Validator, one.Height.Value);
        return isRecorded;
    }

    private void File(Waiting one)
    {
        one.FiledUntil = new Height(chain.Height.Value + ValidFor);
        var unique = Sm3.Hash(one.Votes.ToByteArray()); // signer and height tell the filings apart: nothing here is random
        submit(TransactionBuilder.Sign(chain.Chain, "membership", "evidence", one.Votes, serviceKey, one.FiledUntil, unique.Span[..SignedTransaction.UniqueIdSize]));
    }

    private sealed class Waiting(StateKey record, Height height, EvidenceMessage votes)
    {
        public StateKey Record => record;

        public Height Height => height;

        public EvidenceMessage Votes => votes;

        // The last height that its transaction may stand in; 0 before the first.
        public Height FiledUntil { get; set; }
    }
}
