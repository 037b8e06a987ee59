using System.Globalization;
using LicenceChain.Cli.Output;
using Spectre.Console;

namespace LicenceChain.Cli.Audit;

/// <summary>An audit trail as text: two lines an entry.</summary>
internal static class TrailView
{
    public static void Render(IAnsiConsole console, CheckedTrail trail)
    {
        console.MarkupLineInterpolated($"Accesses to 访问记录 [bold]{trail.LicenceId}[/] (Beijing time 北京时间)");
        var told = trail.Entries.Select(entry => (entry.Origin, entry.UseId)).ToHashSet();
        foreach (var entry in trail.Entries.Where(entry => !entry.IsReading)) RenderEntry(console, entry, told);
        if (trail.Entries.Count(entry => entry.IsReading) is var readings && readings > 0)
            console.MarkupLineInterpolated($"  {Mark(trail.Entries.Where(entry => entry.IsReading).All(entry => entry.Proven))} the trail itself was read {readings} times, each reading logged 审计查询本身亦留痕");
        foreach (var finding in trail.Findings) console.MarkupLineInterpolated($"[red]✗[/] {finding}");
        if (trail.Unanchored > 0) console.MarkupLineInterpolated($"[yellow]{trail.Unanchored} entries wait for a checkpoint 待锚定[/]");
        console.MarkupLine(trail.Complete
            ? string.Create(CultureInfo.InvariantCulture, $"[green]✓[/] every entry proven under the header of height {trail.Height}, both halves present 日志完整,两端一致")
            : "[red]✗[/] the trail is not whole 日志不完整");
    }

    private static void RenderEntry(IAnsiConsole console, CheckedEntry entry, HashSet<(string Origin, string UseId)> told)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{entry.Origin}[{entry.Index}]");
        console.MarkupLineInterpolated($"  {Mark(entry.Proven)} proof {OtherHalf(entry, told)}  {Words.Side(entry.Side)} {place} {Words.Time(entry.TimeMs)} [bold]{Words.Decision(entry.Decision)}[/] {entry.Code}");
        var elsewhere = entry.Matched && entry.OtherHalf is { } log && !told.Contains((log, entry.UseId)) ? $"; other half in 另一半见 {log}" : "";
        console.MarkupLineInterpolated($"      {entry.Requester} / {entry.Officer} for {entry.Matter}: {string.Join(", ", entry.Attributes)}{elsewhere}");
    }

    // A half that no log asked holds is no finding, and no proof either.
    private static string OtherHalf(CheckedEntry entry, HashSet<(string Origin, string UseId)> told) => entry switch
    {
        { Matched: false } => "✗ other half",
        { OtherHalf: null } => "- one half  ", // nothing was released: there is no other
        { OtherHalf: { } log } when !told.Contains((log, entry.UseId)) => "? other half",
        _ => "✓ other half",
    };

    private static string Mark(bool good) => good ? "✓" : "✗";
}
