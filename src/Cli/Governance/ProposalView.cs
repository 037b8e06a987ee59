using System.Text.Encodings.Web;
using System.Text.Json;
using LicenceChain.Cli.Output;
using Spectre.Console;

namespace LicenceChain.Cli.Governance;

/// <summary>Proposals for people.</summary>
internal static class ProposalView
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Render(IAnsiConsole console, Terminal terminal, ProposalReport proposal, bool withChanges)
    {
        console.MarkupLineInterpolated($"[bold]{proposal.Title}[/]: {Words(proposal.Status)}, {proposal.Counted}{(proposal.Needed is { } needed ? $" of at least {needed}" : "")} approvals 同意, until height {proposal.ExpiresHeight}");
        terminal.Line($"  id {proposal.Id}");
        console.MarkupLineInterpolated($"  proposed by 提案方 {proposal.Proposer}; approved by 同意方 {string.Join(", ", proposal.Approvals)}");
        if (proposal.AdoptedHeight is { } height) console.MarkupLineInterpolated($"  adopted in block 生效区块 {height}");
        if (!withChanges) return;
        foreach (var change in proposal.Changes) terminal.Line("  " + change.ToJsonString(Readable));
        if (proposal.Attestations is { } attestations) AttestationView.Render(console, terminal, attestations);
    }

    private static string Words(string status) => status switch
    {
        "open" => "open 表决中",
        "adopted" => "adopted 已通过",
        "withdrawn" => "withdrawn 已撤回",
        "expired" => "expired 已过期",
        _ => status,
    };
}
