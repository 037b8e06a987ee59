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

    /// <summary>Of the seats now, those that approved.</summary>
    public required int Counted { get; init; }

    /// <summary>Fewest seats that adopt.</summary>
    public required int Needed { get; init; }

    public required ulong ExpiresHeight { get; init; }

    public ulong? AdoptedHeight { get; init; }

    /// <summary>The changes as Protobuf JSON, one object each.</summary>
    public required IReadOnlyList<JsonNode> Changes { get; init; }

    public static ProposalReport Of(Hash256 id, ProposalRecord record, ValidatorSetMessage seats, ulong height, NetworkDirectory directory)
    {
        var isExpired = record.Status == ProposalStatus.Open && record.Document.ExpiresHeight < height;
        return new ProposalReport
        {
            Id = id.ToString(),
            Title = record.Document.Title,
            Status = isExpired ? "expired" : record.Status.ToString().ToLowerInvariant(),
            Proposer = Name(record.Proposer, directory),
            Approvals = [.. record.Approvals.Select(code => Name(code, directory))],
            Counted = record.Approvals.Count(code => seats.Validators.Any(v => v.Member == code)),
            Needed = (seats.Validators.Count * 2 / 3) + 1,
            ExpiresHeight = record.Document.ExpiresHeight,
            AdoptedHeight = record.AdoptedHeight == 0 ? null : record.AdoptedHeight,
            Changes = [.. record.Document.Changes.Select(change => JsonNode.Parse(JsonFormatter.Default.Format(change))!)],
        };
    }

    /// <summary>A member's name where the directory knows it.</summary>
    public static string Name(string code, NetworkDirectory directory) => directory.Members.FirstOrDefault(m => m.Code.Value == code)?.Name ?? code;
}
