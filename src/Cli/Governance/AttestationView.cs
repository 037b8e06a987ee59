using LicenceChain.Cli.Output;
using Spectre.Console;

namespace LicenceChain.Cli.Governance;

/// <summary>Attestations for people, a line a member.</summary>
internal static class AttestationView
{
    public static void Render(IAnsiConsole console, Terminal terminal, IReadOnlyList<AttestationReport> attestations)
    {
        console.MarkupLineInterpolated($"Attested 已声明 by {attestations.Count(one => one is { Validator: true, Program.Length: > 0 })} of {attestations.Count(one => one.Validator)} validators 验证节点:");
        foreach (var one in attestations)
            terminal.Line($"  {one.Name}{(one.Validator ? "" : " (observer 观察节点)")}: {Words(one)}");
    }

    private static string Words(AttestationReport one) => one.Comparison switch
    {
        Attestations.None => "nothing 未声明",
        Attestations.Equal => $"{What(one)}, equal to this node's header 与本节点一致",
        Attestations.Differs => $"{What(one)}, ANOTHER than this node's header 与本节点不一致",
        _ => $"{What(one)}; this node holds no block {one.ToHeight} to compare 本节点无此区块",
    };

    private static string What(AttestationReport one) =>
        $"{one.Program} (protocol up to {one.HighestVersion}) executed blocks {one.FromHeight} to {one.ToHeight}, root {one.StateRoot}";
}
