using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Sdk.Verification;
using LicenceChain.Verifier.Api;

namespace LicenceChain.Cli.Audit;

/// <summary>
/// Checks an audit trail against the chain: the checkpoints under a certified header, each entry's inclusion under its log's checkpoint, and
/// that the two halves of each release stand in the two logs. Nothing that the Verifier says about its own trail is taken for granted.
/// </summary>
internal sealed class TrailChecker(LightClient light)
{
    private const int MaxEntryBytes = 64 * 1024;

    // A Verifier's log is its organisation's (docs/reference/verifier-api.md).
    private const string VerifierLog = "/verifier";

    public async Task<CheckedTrail> CheckAsync(RegionCode region, LicenceId licence, AuditTrailReply trail, CancellationToken cancel)
    {
        // 1. The checkpoints, under a header that the validators certified.
        var findings = new List<string>();
        var facts = await ProveAsync(trail.Proof, cancel);
        if (facts is null) findings.Add("The checkpoints are not proven: the proof is missing or does not hold under the anchor.");

        // 2. Each entry, from its exact bytes.
        var entries = new List<(AccessRecord Record, ulong Index, bool Proven)>();
        foreach (var entry in trail.Entries)
        {
            if (!TryRead(entry.Entry, out var access, out var record))
                findings.Add($"Entry {entry.Index} of {entry.Origin} is malformed.");
            else if (record.LicenceId != licence.Value)
                findings.Add($"Entry {entry.Index} of {entry.Origin} is about another licence.");
            else
                entries.Add((record, access.Inclusion.Index, facts is not null && IsUnderCheckpoint(access, record, facts)));
        }

        // 3. The halves.
        var released = entries.Where(entry => entry.Record.Side == AccessSide.Vault)
            .DistinctBy(entry => (entry.Record.UseId, entry.Record.ResultDigest))
            .ToDictionary(entry => (entry.Record.UseId, entry.Record.ResultDigest), entry => entry.Record.Origin);
        var checkedEntries = entries.Select(entry => ToEntry(entry.Record, entry.Index, entry.Proven, released));
        return new CheckedTrail(licence.Value, region.Value, facts?.Header.Height.Value ?? 0, CheckedTrail.InOrder(checkedEntries), trail.Unanchored, findings);
    }

    private async Task<ProvenFacts?> ProveAsync(string? base64, CancellationToken cancel) =>
        TryBase64(base64, ProtocolLimits.MaxMessageBytes, out var bytes) && LicenceProof.TryParse(bytes, out var proof) ? await light.VerifyAsync(proof, cancel) : null;

    private static bool TryRead(string base64, [NotNullWhen(true)] out AccessEntry? access, [NotNullWhen(true)] out AccessRecord? record)
    {
        (access, record) = (null, null);
        return TryBase64(base64, MaxEntryBytes, out var bytes)
            && CanonicalProto.TryParse(AccessEntry.Parser, bytes, MaxEntryBytes, out access)
            && access.Inclusion is not null
            && CanonicalProto.TryParse(AccessRecord.Parser, access.Record.Span, MaxEntryBytes, out record);
    }

    private static bool IsUnderCheckpoint(AccessEntry access, AccessRecord record, ProvenFacts facts)
    {
        var inclusion = access.Inclusion;
        if (inclusion.Origin != record.Origin || inclusion.Path.Count > MerkleTree.MaxPathLength) return false;
        if (!facts.TryGet(StateKeys.Checkpoint(record.Origin), out var value) || value is not { } bytes) return false;
        if (!CanonicalProto.TryParse(CheckpointRecord.Parser, bytes.Span, ProtocolLimits.MaxStateValueBytes, out var anchored)) return false;
        var path = new Hash256[inclusion.Path.Count];
        for (var i = 0; i < path.Length; i++)
            if (!Hash256.TryFrom(inclusion.Path[i].Span, out path[i])) return false;
        return inclusion.Size == anchored.Size
            && Hash256.TryFrom(anchored.Root.Span, out var root)
            && MerkleTree.VerifyInclusion(MerkleTree.LeafHash(access.Record.Span), inclusion.Index, anchored.Size, path, root);
    }

    // Where the Verifier got data, the vault must have logged the release of the very same envelope. What released nothing (a refusal, a reading
    // of the log) has one half only. The vault's own entries may be about accesses of other regions, whose Verifiers hold the other half.
    private static CheckedEntry ToEntry(AccessRecord record, ulong index, bool proven, Dictionary<(ByteString Use, ByteString Digest), string> released)
    {
        var isVault = record.Side == AccessSide.Vault;
        var otherHalf = isVault
            ? record.UseId.IsEmpty ? null : record.Requester + VerifierLog
            : record.ResultDigest.IsEmpty ? null : released.GetValueOrDefault((record.UseId, record.ResultDigest));
        return new CheckedEntry(
            isVault ? "vault" : "verifier", record.Origin, index, record.Requester, record.Officer, record.Matter, [.. record.Attributes], Convert.ToHexStringLower(record.UseId.Span),
            DecisionName(record.Decision), record.Code, record.TimeMs, proven, isVault || record.ResultDigest.IsEmpty || otherHalf is not null, otherHalf);
    }

    private static string DecisionName(AccessDecision decision) => decision switch
    {
        AccessDecision.Released => "released",
        AccessDecision.Refused => "refused",
        _ => "undetermined",
    };

    private static bool TryBase64(string? text, int maxBytes, out byte[] bytes)
    {
        bytes = [];
        if (text is null || text.Length > maxBytes / 3 * 4 + 4) return false;
        var buffer = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64String(text, buffer, out var written)) return false;
        bytes = buffer[..written];
        return true;
    }
}
