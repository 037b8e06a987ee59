using Google.Protobuf;
using LicenceChain.Contracts;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Network;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Mempool;

/// <summary>Admission and replay, signature checks in batches on workers, the mempool, gossip. Refusals are told at once.</summary>
internal sealed class TransactionIntake(
    ChainState chain, TransactionPool pool, VerifiedSignatures verified, INodeClock clock, IVerificationPool workers, IPeerNetwork network, Action onWork)
{
    private readonly MemberDirectory _members = new(chain.State);
    private readonly Dictionary<TransactionId, Submission?> _inFlight = [];
    private List<IncomingTransaction> _batch = [];
    private TransactionGossip _gossip = new();
    private int _gossipBytes;
    private bool _isStopping;

    /// <summary>Transactions of this node's clients that were refused since the start.</summary>
    public ulong Refused { get; private set; }

    /// <summary>A client submits.</summary>
    public void Submit(SignedTransaction transaction, Submission submission)
    {
        if (Admit(transaction, submission, null) is { } refusal) Refuse(transaction.Id, submission, refusal);
    }

    /// <summary>A peer gossips. Its refusals are nobody's to hear: it has told its client itself.</summary>
    public void Receive(KeyId peer, IReadOnlyList<SignedTransaction> transactions)
    {
        foreach (var transaction in transactions) Admit(transaction, null, peer);
    }

    /// <summary>Sends on what was gathered while events kept coming.</summary>
    public void Flush()
    {
        SendBatch();
        SendGossip();
    }

    /// <summary>Takes what a worker found well signed.</summary>
    public void Complete(IReadOnlyList<IncomingTransaction> transactions, IReadOnlyList<bool> results)
    {
        var wasEmpty = pool.Count == 0;
        for (var i = 0; i < transactions.Count; i++)
        {
            var incoming = transactions[i];
            _inFlight.Remove(incoming.Transaction.Id);
            if (results[i]) Take(incoming);
            else Refuse(incoming.Transaction.Id, incoming.Submission, new Refusal(TransactionCodes.BadSignature, "The signature is not the named key's over this payload."));
        }

        if (!wasEmpty || pool.Count == 0) return;
        SendGossip(); // C-TIMER: gossiped before the round's timer is armed
        onWork();
    }

    /// <summary>Gossips again what clients of this node submitted: some peer may have missed it.</summary>
    public void GossipOwn()
    {
        foreach (var pending in pool.All)
            if (pending.IsOwn)
                Gossip(pending.Transaction);
        SendGossip();
    }

    /// <summary>Tells a client that its transaction left the mempool without being committed.</summary>
    public void Drop(PendingTransaction pending, Refusal refusal) => Refuse(pending.Transaction.Id, pending.Submission, refusal);

    /// <summary>The node stops: whoever still waits is told, and whoever comes later.</summary>
    public void Stop()
    {
        _isStopping = true;
        foreach (var pending in pool.All) pending.Submission?.Complete(SubmitResult.Refused(pending.Transaction.Id, NodeCodes.StoppingRefusal));
        foreach (var (id, submission) in _inFlight) submission?.Complete(SubmitResult.Refused(id, NodeCodes.StoppingRefusal));
    }

    // T2 Admission.
    private Refusal? Admit(SignedTransaction transaction, Submission? submission, KeyId? source)
    {
        var id = transaction.Id;
        if (_isStopping) return NodeCodes.StoppingRefusal;
        if (chain.Replay.Contains(id)) return new Refusal(TransactionCodes.Replayed, "The chain holds it already.");
        if (pool.Contains(id) || _inFlight.ContainsKey(id)) return new Refusal(TransactionCodes.AlreadyPending, "It was submitted before and waits for a block.");
        var refusal = TransactionAdmission.Check(chain.Signers, chain.Above(clock.Now), chain.Parameters, transaction, out var key);
        if (refusal is not null) return refusal;
        var member = _members.MemberOf(transaction.Signer);
        if (_inFlight.Count >= MempoolLimits.MaxInFlight || !pool.HasRoom(member, transaction.Bytes.Length))
            return new Refusal(TransactionCodes.MempoolFull, "Wait for the next blocks and submit it again.");

        var incoming = new IncomingTransaction(transaction, key!, member, VerifiedSignatures.DigestOf(transaction.Bytes.Span), submission, source);
        if (verified.Contains(incoming.Digest))
        {
            Complete([incoming], [true]);
            return null;
        }

        _inFlight.Add(id, submission);
        _batch.Add(incoming);
        if (_batch.Count >= MempoolLimits.VerificationBatch) SendBatch();
        return null;
    }

    private void Take(IncomingTransaction incoming)
    {
        var transaction = incoming.Transaction;
        verified.Add(incoming.Digest);
        if (chain.Replay.Contains(transaction.Id)) // committed while the signature was checked, from another node's mempool
        {
            Refuse(transaction.Id, incoming.Submission, new Refusal(TransactionCodes.Replayed, "The chain holds it already."));
            return;
        }

        if (transaction.ValidUntil <= chain.Height)
        {
            Refuse(transaction.Id, incoming.Submission, new Refusal(TransactionCodes.Expired, $"Valid until height {transaction.ValidUntil}, which has passed."));
            return;
        }

        var waits = incoming.Submission is { WaitForCommit: true };
        var pending = new PendingTransaction(transaction, incoming.Member, waits ? incoming.Submission : null, incoming.Source is null);
        // T4 Mempool.
        if (!pool.TryAdd(pending))
        {
            Refuse(transaction.Id, incoming.Submission, new Refusal(TransactionCodes.MempoolFull, "Wait for the next blocks and submit it again."));
            return;
        }

        if (!waits) incoming.Submission?.Complete(SubmitResult.Pending(transaction.Id));
        if (incoming.Source is not { } source || !chain.Next.TryIndexOf(source, out _)) Gossip(transaction); // validators are linked to each other: what one of them gossips, all have
    }

    private void Gossip(SignedTransaction transaction)
    {
        _gossip.Transactions.Add(UnsafeByteOperations.UnsafeWrap(transaction.Bytes));
        _gossipBytes += transaction.Bytes.Length;
        if (_gossipBytes >= MempoolLimits.GossipBytes || _gossip.Transactions.Count >= MempoolLimits.GossipTransactions) SendGossip();
    }

    // T5 Gossip.
    private void SendGossip()
    {
        if (_gossip.Transactions.Count == 0) return;
        network.Broadcast(new LinkMessage { Transactions = _gossip });
        (_gossip, _gossipBytes) = (new TransactionGossip(), 0);
    }

    private void SendBatch()
    {
        if (_batch.Count == 0) return;
        workers.Submit(new VerifyTransactions(_batch));
        _batch = new List<IncomingTransaction>(MempoolLimits.VerificationBatch);
    }

    private void Refuse(TransactionId id, Submission? submission, Refusal refusal)
    {
        if (submission is null) return;
        Refused++;
        submission.Complete(SubmitResult.Refused(id, refusal));
    }
}
