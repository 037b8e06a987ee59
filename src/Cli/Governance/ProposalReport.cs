using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Cli.Governance;

/// <summary>A proposal as the command line shows it.</summary>
internal sealed record ProposalReport
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>open, adopted, withdrawn, expired.</summary>
    public required string Status { get; init; }

    public required string Proposer { get; init; }

    public required IReadOnlyList<string> Approvals { get; init; }

    /// <summary>Approvals of those with a seat in the set that votes; of a proposal that is closed, all approvals.</summary>
    public required int Counted { get; init; }

    /// <summary>Fewest seats of that set that adopt; null where it is closed and the set that voted is not known any more.</summary>
    public int? Needed { get; init; }

    public required ulong ExpiresHeight { get; init; }

    public ulong? AdoptedHeight { get; init; }

    /// <summary>The changes as Protobuf JSON, one object each.</summary>
    public required IReadOnlyList<JsonNode> Changes { get; init; }

    /// <summary>Attestations of members, for one that schedules an upgrade; null for others.</summary>
    public IReadOnlyList<AttestationReport>? Attestations { get; init; }

    /// <param name="id">Its id.</param>
    /// <param name="record">What the chain holds.</param>
    /// <param name="voting">The set whose members vote on it: that before it was adopted, which may have replaced it. Null: not known, of a closed one.</param>
    /// <param name="height">The head.</param>
    /// <param name="directory">Names.</param>
    public static ProposalReport Of(Hash256 id, ProposalRecord record, ValidatorSetMessage? voting, ulong height, NetworkDirectory directory)
    {
        var isExpired = record.Status == ProposalStatus.Open && record.Document.ExpiresHeight < height;
        return new ProposalReport
        {
            Id = id.ToString(),
            Title = record.Document.Title,
            Status = isExpired ? "expired" : record.Status.ToString().ToLowerInvariant(),
            Proposer = Name(record.Proposer, directory),
            Approvals = [.. record.Approvals.Select(code => Name(code, directory))],
            Counted = record.Approvals.Count(code => voting is null || voting.Validators.Any(v => v.Member == code)),
            Needed = voting is null ? null : (voting.Validators.Count * 2 / 3) + 1,
            ExpiresHeight = record.Document.ExpiresHeight,
            AdoptedHeight = record.AdoptedHeight == 0 ? null : record.AdoptedHeight,
            Changes = [.. record.Document.Changes.Select(change => JsonNode.Parse(JsonFormatter.Default.Format(change))!)],
        };
    }

    /// <summary>A member's name where the directory knows it.</summary>
    public static string Name(string code, NetworkDirectory directory) => directory.Members.FirstOrDefault(m => m.Code.Value == code)?.Name ?? code;
}
