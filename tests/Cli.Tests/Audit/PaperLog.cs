using Google.Protobuf;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Sdk.Tests.Support;
using LicenceChain.Verifier.Api;

namespace LicenceChain.Cli.Tests.Audit;

/// <summary>An access log whose entries carry true inclusion proofs, until a test changes one.</summary>
internal sealed class PaperLog(AccessSide side, string origin)
{
    private readonly List<AccessRecord> _records = [];

    public void Add(string licence, string use, AccessDecision decision = AccessDecision.Released, string matter = "school-enrolment", string envelope = "envelope") => _records.Add(new AccessRecord
    {
        Side = side,
        Origin = origin,
        Requester = Ledger.Organisation(7).Value,
        Officer = "counter-01",
        LicenceId = licence,
        Attributes = { "name" },
        Matter = matter,
        UseId = ByteString.CopyFrom(Sm3.Hash(ByteString.CopyFromUtf8(use).Span).Span),
        Decision = decision,
        Code = "LC-REC-001",
        ResultDigest = decision == AccessDecision.Released && matter != "audit-reading" ? ByteString.CopyFrom(Sm3.Hash(ByteString.CopyFromUtf8(envelope).Span).Span) : ByteString.Empty,
        TimeMs = 1_700_000_000_000,
    });

    /// <summary>Puts the log's root on the ledger.</summary>
    public void AnchorOn(Ledger ledger) => ledger.Put(StateKeys.Checkpoint(origin), new CheckpointRecord { Origin = origin, Size = (ulong)_records.Count, Root = ByteString.CopyFrom(Root.Span), Height = 1, TimeMs = 1 });

    public IEnumerable<AuditEntryReply> Entries(Action<AccessRecord>? forge = null) => _records.Select((record, index) => Reply(record, index, forge));

    private Hash256 Root => MerkleTree.Root(Leaves);

    private List<Hash256> Leaves => [.. _records.Select(record => MerkleTree.LeafHash(record.ToByteArray()))];

    private AuditEntryReply Reply(AccessRecord record, int index, Action<AccessRecord>? forge)
    {
        var inclusion = new LogInclusionProof { Origin = origin, Index = (ulong)index, Size = (ulong)_records.Count, Root = ByteString.CopyFrom(Root.Span) };
        inclusion.Path.AddRange(MerkleTree.InclusionPath(Leaves, index).Select(node => ByteString.CopyFrom(node.Span)));
        var shown = record.Clone();
        forge?.Invoke(shown);
        return new AuditEntryReply
        {
            Side = "verifier", Origin = origin, Index = (ulong)index, Requester = record.Requester, Officer = record.Officer, Matter = record.Matter, Attributes = record.Attributes,
            GrantId = "", UseId = "", Decision = "released", Code = record.Code, ResultDigest = "", TimeMs = record.TimeMs,
            Proven = true, // what the Verifier claims, which the checker must not believe
            Entry = new AccessEntry { Record = shown.ToByteString(), Inclusion = inclusion }.ToByteString().ToBase64(),
        };
    }
}
