using System.Globalization;
using LicenceChain.Cli.Output;
using Spectre.Console;

namespace LicenceChain.Cli.Audit;

/// <summary>An audit trail as text: two lines an entry, within 120 columns.</summary>
internal static class TrailView
{
    public static void Render(IAnsiConsole console, CheckedTrail trail)
    {
        console.MarkupLineInterpolated($"Accesses to 访问记录 [bold]{trail.LicenceId}[/]");
        foreach (var entry in trail.Entries.Where(entry => !entry.IsReading)) RenderEntry(console, entry);
        if (trail.Entries.Count(entry => entry.IsReading) is var readings && readings > 0)
            console.MarkupLineInterpolated($"  {Mark(trail.Entries.Where(entry => entry.IsReading).All(entry => entry.Proven))} the trail itself was read {readings} times, each reading logged 审计查询本身亦留痕");
        foreach (var finding in trail.Findings) console.MarkupLineInterpolated($"[red]✗[/] {finding}");
        if (trail.Unanchored > 0) console.MarkupLineInterpolated($"[yellow]{trail.Unanchored} entries wait for a checkpoint 待锚定[/]");
        console.MarkupLine(trail.Complete
            ? string.Create(CultureInfo.InvariantCulture, $"[green]✓[/] every entry proven under the header of height {trail.Height}, both halves present 日志完整,两端一致")
            : "[red]✗[/] the trail is not whole 日志不完整");
    }

    private static void RenderEntry(IAnsiConsole console, CheckedEntry entry)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{entry.Origin}[{entry.Index}]");
        console.MarkupLineInterpolated($"  {Mark(entry.Proven)} proof {Mark(entry.Matched)} other half  {Words.Side(entry.Side)} {place} {Time(entry.TimeMs)} [bold]{Words.Decision(entry.Decision)}[/] {entry.Code}");
        console.MarkupLineInterpolated($"      {entry.Requester} / {entry.Officer} for {entry.Matter}: {string.Join(", ", entry.Attributes)}");
    }

    private static string Mark(bool good) => good ? "✓" : "✗";

    private static string Time(ulong milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds).ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
