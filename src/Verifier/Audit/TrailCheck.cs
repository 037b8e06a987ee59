using Google.Protobuf;
using LicenceChain.Hosting.AccessLog;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Verifier.Api;

namespace LicenceChain.Verifier.Audit;

/// <summary>Checks one entry of an access log under a checkpoint that the chain was proven to hold. Pure.</summary>
internal static class TrailCheck
{
    /// <summary>The entry in words, with whether it is proven; null when its record cannot be read.</summary>
    public static AuditEntryReply? ToReply(AccessEntry entry, string side, CheckpointRecord? checkpoint)
    {
        if (!TryRead(entry, out var record)) return null;
        return new AuditEntryReply
        {
            Side = side,
            Origin = record.Origin,
            Index = entry.Inclusion?.Index ?? 0,
            Requester = record.Requester,
            Officer = record.Officer,
            Matter = record.Matter,
            Attributes = [.. record.Attributes],
            GrantId = Convert.ToHexStringLower(record.GrantId.Span),
            UseId = Convert.ToHexStringLower(record.UseId.Span),
            Decision = NameOf(record.Decision),
            Code = record.Code,
            ResultDigest = Convert.ToHexStringLower(record.ResultDigest.Span),
            TimeMs = record.TimeMs,
            Proven = IsProven(entry, record, checkpoint),
            Entry = Convert.ToBase64String(entry.ToByteArray()),
        };
    }

    /// <summary>True when the entry's record names the licence.</summary>
    public static bool IsAbout(AccessEntry entry, LicenceId licence) => TryRead(entry, out var record) && record.LicenceId == licence.Value;

    private static bool IsProven(AccessEntry entry, AccessRecord record, CheckpointRecord? checkpoint)
    {
        if (checkpoint is null || entry.Inclusion is not { } inclusion || record.Origin != checkpoint.Origin || inclusion.Origin != checkpoint.Origin) return false;
        if (inclusion.Size != checkpoint.Size || inclusion.Path.Count > MerkleTree.MaxPathLength || !Hash256.TryFrom(checkpoint.Root.Span, out var root)) return false;
        var path = new Hash256[inclusion.Path.Count];
        for (var i = 0; i < path.Length; i++)
            if (!Hash256.TryFrom(inclusion.Path[i].Span, out path[i]))
                return false;
        return MerkleTree.VerifyInclusion(MerkleTree.LeafHash(entry.Record.Span), inclusion.Index, inclusion.Size, path, root);
    }

    private static bool TryRead(AccessEntry entry, out AccessRecord record)
    {
        var ok = CanonicalProto.TryParse(AccessRecord.Parser, entry.Record.Span, AccessLogStore.MaxRecordBytes, out var read);
        record = read ?? new AccessRecord();
        return ok;
    }

    private static string NameOf(AccessDecision decision) => decision switch
    {
        AccessDecision.Released => "released",
        AccessDecision.Refused => "refused",
        AccessDecision.Undetermined => "undetermined",
        _ => "unspecified",
    };
}
