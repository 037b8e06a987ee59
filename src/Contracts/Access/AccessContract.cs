using LicenceChain.Contracts.Execution;
using LicenceChain.Contracts.Values;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Access;

/// <summary>Anchors of access logs: a member can append to its log, never rewrite it.</summary>
internal static class AccessContract
{
    // RFC 9162: a consistency path has at most one hash more than an inclusion path.
    private const int MaxConsistencyLength = MerkleTree.MaxPathLength + 1;

    /// <summary>Anchors the next checkpoint of a log.</summary>
    public static Refusal? Checkpoint(Call call, AnchorCheckpoint arguments)
    {
        if (!TryReadOrigin(arguments.Origin, out var organisation))
            return new Refusal(AccessCodes.BadOrigin, $"origin is an organisation code, '/', and a log's name of {ShortCode.Rule}.");
        if (organisation != call.Signer.Member) return new Refusal(AccessCodes.OtherOrigin, $"origin is {organisation}'s; the signer is {call.Signer.Member}.");
        if (!Hash256.TryFrom(arguments.Root.Span, out var root) || root.IsZero || !TryReadPath(arguments.Consistency, out var path))
            return new Refusal(AccessCodes.BadHash, $"root and at most {MaxConsistencyLength} hashes of consistency have 32 bytes each.");
        var key = StateKeys.Checkpoint(arguments.Origin);
        var last = call.Find(key, CheckpointRecord.Parser) ?? new CheckpointRecord();
        if (arguments.Size <= last.Size) return new Refusal(AccessCodes.NotGrown, $"size is {arguments.Size}; the last checkpoint has {last.Size}.");
        var lastRoot = last.Size == 0 ? MerkleTree.EmptyRoot : Hash256.From(last.Root.Span);
        if (!MerkleTree.VerifyConsistency(last.Size, arguments.Size, lastRoot, root, path))
            return new Refusal(AccessCodes.Inconsistent, $"The path does not lead from the checkpoint of size {last.Size} to the one of size {arguments.Size}.");
        var record = new CheckpointRecord { Origin = arguments.Origin, Size = arguments.Size, Root = arguments.Root, TimeMs = call.Now.Milliseconds, Height = call.Height.Value };
        call.Put(key, record, "checkpoint.anchored", arguments.Origin);
        return null;
    }

    private static bool TryReadOrigin(string origin, out OrganisationCode organisation)
    {
        organisation = default;
        return origin.Length > OrganisationCode.Length + 1
            && origin[OrganisationCode.Length] == '/'
            && ShortCode.IsValid(origin.AsSpan(OrganisationCode.Length + 1))
            && OrganisationCode.TryParse(origin[..OrganisationCode.Length], out organisation);
    }

    private static bool TryReadPath(Google.Protobuf.Collections.RepeatedField<Google.Protobuf.ByteString> hashes, out Hash256[] path)
    {
        path = hashes.Count <= MaxConsistencyLength ? new Hash256[hashes.Count] : [];
        if (hashes.Count > MaxConsistencyLength) return false;
        for (var i = 0; i < path.Length; i++)
        {
            if (!Hash256.TryFrom(hashes[i].Span, out path[i])) return false;
        }

        return true;
    }
}
