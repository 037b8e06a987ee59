using Google.Protobuf;
using LicenceChain.Consensus.Messages;
using LicenceChain.Consensus.Tests.Cluster;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Schedules.Memory;

/// <summary>
/// What all schedules of one number of validators and one worker share: the set, the keys, and the results of pure functions. Production code sees each distinct message,
/// signs each distinct vote and verifies each distinct certificate once; a result is found again only for identical bytes of the same height and set. Not thread-safe.
/// </summary>
internal sealed class Bench
{
    // 64 MiB of messages take about 300 MiB once parsed.
    private const long MaxMessageBytes = 64 << 20;
    private const long MaxSignatureBytes = 32 << 20;
    private const long MaxCertificateBytes = 8 << 20;
    private const int MaxBlocks = 20_000;

    private readonly ByteTable<Known> _messages;
    private readonly ByteTable<byte[]>[] _signatures;
    private readonly ByteTable<bool> _certificates = new(MaxCertificateBytes);
    private readonly ByteTable<bool> _votes = new(MaxCertificateBytes);
    private readonly Dictionary<(Hash256 Parent, int Proposer, BlockVariant Variant), Block> _blocks = [];

    public Bench(int nodes, long maxMessageBytes = MaxMessageBytes)
    {
        _messages = new ByteTable<Known>(maxMessageBytes);
        Set = TestKeys.Set(nodes);
        Genesis = TestBlocks.Genesis(Set);
        _signatures = [.. Enumerable.Range(0, nodes).Select(_ => new ByteTable<byte[]>(MaxSignatureBytes / nodes))];
        Signers = [.. Enumerable.Range(0, nodes).Select(seat => new RememberingSigner(new TestSigner(seat), _signatures[seat]))];
    }

    public ValidatorSet Set { get; }

    public BlockHeader Genesis { get; }

    public IReadOnlyList<RememberingSigner> Signers { get; }

    /// <summary>Distinct messages that the production verifier was given.</summary>
    public long Verifications { get; private set; }

    /// <summary>Before each run: forgets what is beyond the bounds, which changes no result, only time.</summary>
    public void BeginRun()
    {
        _messages.Trim();
        _certificates.Trim();
        _votes.Trim();
        foreach (var signatures in _signatures) signatures.Trim();
        if (_blocks.Count > MaxBlocks) _blocks.Clear();
    }

    /// <summary>What the production verifier says of a message.</summary>
    public Known Read(ReadOnlyMemory<byte> bytes)
    {
        var fingerprint = Fingerprint.Of(bytes.Span);
        if (_messages.TryGet(bytes.Span, fingerprint, out var known)) return known;
        Verifications++;
        var hasHeight = MessageVerifier.TryPeekHeight(bytes, out var height);
        string? reason = "malformed";
        VerifiedMessage? verified = null;
        if (hasHeight) MessageVerifier.TryVerify(bytes, TestKeys.Chain, height, Set, out verified, out reason);
        known = new Known(bytes, fingerprint, height, verified, verified is null ? null : ConsensusMessage.Parser.ParseFrom(bytes.Span), reason);
        _messages.Add(bytes, fingerprint, known);
        return known;
    }

    /// <summary>C-CERT, by the production code.</summary>
    public bool Verify(CommitCertificate certificate)
    {
        var fingerprint = Fingerprint.Of(certificate.Bytes.Span);
        if (_certificates.TryGet(certificate.Bytes.Span, fingerprint, out var isRight)) return isRight;
        isRight = certificate.Verify(TestKeys.Chain, Set);
        _certificates.Add(certificate.Bytes, fingerprint, isRight);
        return isRight;
    }

    /// <summary>True when a vote quoted in evidence is signed by whom it names, by the production code.</summary>
    public bool IsSigned(VoteMessage vote)
    {
        var bytes = vote.ToByteArray();
        var fingerprint = Fingerprint.Of(bytes);
        if (_votes.TryGet(bytes, fingerprint, out var isSigned)) return isSigned;
        isSigned = VoteContent.TryRead(vote, out var content) && content.IsSigned(vote, TestKeys.Chain, Set.Validators[(int)vote.Validator].Key);
        _votes.Add(bytes, fingerprint, isSigned);
        return isSigned;
    }

    /// <summary>
    /// The one block of this parent, proposer and variant: few blocks, so that votes repeat. The certificate below it names no signatures, since whether they are right is for execution,
    /// which this simulation does not have.
    /// </summary>
    public Block BlockAbove(BlockHeader head, Round round, BlockVariant variant)
    {
        var key = (head.Digest, Set.ProposerIndex(head.Height.Next, round), variant);
        if (_blocks.TryGetValue(key, out var block)) return block;
        var last = head.Height.Value == 0 ? null : CommitCertificate.Of(head.Height, default, head.Digest, []);
        block = TestBlocks.Above(head, Set, round, head.Time.Plus(1), (ulong)variant, last);
        _blocks.Add(key, block);
        return block;
    }
}
