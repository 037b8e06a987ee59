using Google.Protobuf;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Sdk;
using LicenceChain.Verifier.Access;
using LicenceChain.Verifier.Api;
using LicenceChain.Verifier.Chain;

namespace LicenceChain.Verifier.Audit;

/// <summary>
/// The audit trail of one licence: this Verifier's half of every access and the vault's, each entry proven under a checkpoint that the chain holds.
/// Who reads it is logged first.
/// </summary>
internal sealed class AuditService(AccessJournal journal, CheckpointAnchor anchor, ChainFollower chain, VaultTrails vaults)
{
    /// <summary>Most entries of one log in an answer.</summary>
    public const int MaxEntries = 10_000;

    /// <summary>What stands as the matter of a reading.</summary>
    public const string ReadingMatter = "audit-reading";

    /// <summary>Code of a reading in the log.</summary>
    public const string ReadingCode = "LC-AUDIT";

    /// <summary>Gathers and checks the trail; <paramref name="reader"/> is who asks.</summary>
    public async Task<AuditTrailReply> ReadAsync(LicenceId licence, TokenClaims reader, string? token, CancellationToken cancellation)
    {
        await journal.AppendAsync(Reading(licence, reader));
        var findings = new List<string>();
        await FlushAsync(findings, cancellation);
        var licenceKey = StateKeys.Licence(licence);
        var (_, facts) = await chain.ProveAsync([licenceKey], cancellation);
        var record = facts.TryGet(licenceKey, out var bytes) && bytes is { } present ? LicenceRecord.Parser.ParseFrom(present.Span) : null;

        var (trail, proof, proven) = await vaults.FetchAsync(record?.Region, journal.Origin, licence, token, findings, cancellation);
        var own = OwnHalf(licence, proven(journal.Origin), findings);
        var vault = trail is null ? new TrailHalf("vault", [], 0, null) : VaultHalf(trail, licence, proven(trail.Origin), findings);
        var unmatched = Unmatched(own, vault);
        var unanchored = own.Unanchored + vault.Unanchored;
        var entries = own.Entries.Concat(vault.Entries).ToList();
        return new AuditTrailReply
        {
            LicenceId = licence.Value,
            Complete = findings.Count == 0 && unanchored == 0 && unmatched.Count == 0 && entries.All(e => e.Proven),
            Entries = entries,
            Checkpoints = [.. new[] { own.Checkpoint, vault.Checkpoint }.OfType<CheckpointRecord>().Select(ToReply)],
            Unmatched = unmatched,
            Unanchored = unanchored,
            Findings = findings,
            Proof = proof is null ? null : Convert.ToBase64String(proof.Message.ToByteArray()),
        };
    }

    /// <summary>A checkpoint as it is answered.</summary>
    public static CheckpointReply ToReply(CheckpointRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new CheckpointReply(record.Origin, record.Size, Convert.ToHexStringLower(record.Root.Span), record.TimeMs, record.Height);
    }

    private AccessRecord Reading(LicenceId licence, TokenClaims reader) => new()
    {
        Side = AccessSide.Verifier,
        Origin = journal.Origin,
        Requester = reader.Member,
        Officer = reader.Subject,
        LicenceId = licence.Value,
        Matter = ReadingMatter,
        Decision = AccessDecision.Released,
        Code = ReadingCode,
        TimeMs = chain.Now.Milliseconds,
    };

    // So that the trail is whole: what this reader is about to see, the reading too, goes on chain first.
    private async Task FlushAsync(List<string> findings, CancellationToken cancellation)
    {
        try
        {
            await anchor.FlushAsync(cancellation);
        }
        catch (VerifierException refused)
        {
            findings.Add($"{refused.Code}: {refused.Message}");
        }
    }

    private TrailHalf OwnHalf(LicenceId licence, CheckpointRecord? checkpoint, List<string> findings)
    {
        var size = checkpoint?.Size ?? 0;
        if (checkpoint is not null && !journal.CheckpointAt(size).Root.Span.SequenceEqual(checkpoint.Root.Span))
            findings.Add("The checkpoint on chain is not this log's: the log on disk was replaced.");
        var (indexes, count) = journal.Find(licence.Value, MaxEntries);
        if (count > MaxEntries) findings.Add($"Only the newest {MaxEntries} of {count} entries are shown.");
        var entries = new List<AuditEntryReply>();
        foreach (var index in indexes.Where(i => i < size)) entries.Add(TrailCheck.ToReply(journal.Entry(index, size), "verifier", checkpoint)!);
        return new TrailHalf("verifier", entries, (ulong)indexes.Count(i => i >= size), checkpoint);
    }

    private static TrailHalf VaultHalf(AccessTrail trail, LicenceId licence, CheckpointRecord? checkpoint, List<string> findings)
    {
        var entries = new List<AuditEntryReply>();
        foreach (var entry in trail.Entries)
        {
            if (TrailCheck.ToReply(entry, "vault", checkpoint) is { } reply && TrailCheck.IsAbout(entry, licence)) entries.Add(reply);
            else findings.Add("The vault sent an entry that cannot be read, or is about another licence.");
        }

        return new TrailHalf("vault", entries, trail.Unanchored, checkpoint);
    }

    // Only this Verifier's own releases: other members' Verifiers keep the other halves of theirs.
    private List<string> Unmatched(TrailHalf own, TrailHalf vault)
    {
        var member = journal.Origin[..OrganisationCode.Length];
        var here = own.Entries.Where(e => e.Decision == "released" && e.UseId.Length > 0).Select(e => e.UseId).ToHashSet(StringComparer.Ordinal);
        var there = vault.Entries.Where(e => e.Decision == "released" && e.UseId.Length > 0 && e.Requester == member).Select(e => e.UseId).ToHashSet(StringComparer.Ordinal);
        here.SymmetricExceptWith(there);
        return [.. here.Order(StringComparer.Ordinal)];
    }

    private sealed record TrailHalf(string Side, IReadOnlyList<AuditEntryReply> Entries, ulong Unanchored, CheckpointRecord? Checkpoint);
}
