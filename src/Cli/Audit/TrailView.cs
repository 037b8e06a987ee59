using System.Globalization;
using LicenceChain.Cli.Output;
using Spectre.Console;

namespace LicenceChain.Cli.Audit;

/// <summary>An audit trail as text.</summary>
internal static class TrailView
{
    public static void Render(IAnsiConsole console, CheckedTrail trail)
    {
        console.MarkupLineInterpolated($"Accesses to 证照访问记录 [bold]{trail.LicenceId}[/]");
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns("side", "log[[index]]", "time", "requester / officer", "matter", "attributes", "decision", "code", "proof", "other half");
        foreach (var entry in trail.Entries.Where(entry => !entry.IsReading))
        {
            table.AddRow(
                Text(Words.Side(entry.Side)), Text(string.Create(CultureInfo.InvariantCulture, $"{entry.Origin}[{entry.Index}]")), Text(Time(entry.TimeMs)),
                Text($"{entry.Requester} / {entry.Officer}"), Text(entry.Matter), Text(string.Join(", ", entry.Attributes)),
                Text(Words.Decision(entry.Decision)), Text(entry.Code), Mark(entry.Proven), Mark(entry.Matched));
        }

        console.Write(table);
        if (trail.Entries.Count(entry => entry.IsReading) is var readings && readings > 0)
            console.MarkupLineInterpolated($"The trail was read {readings} times; each reading is logged and {(trail.Entries.All(entry => !entry.IsReading || entry.Proven) ? "proven" : "NOT all proven")} 审计查询本身亦留痕");
        foreach (var finding in trail.Findings) console.MarkupLineInterpolated($"[red]✗[/] {finding}");
        if (trail.Unanchored > 0) console.MarkupLineInterpolated($"[yellow]{trail.Unanchored} entries wait for a checkpoint.[/]");
        if (trail.Complete) console.MarkupLineInterpolated($"[green]✓[/] every entry proven under the header of height {trail.Height}, both halves present 日志完整,两端一致");
    }

    private static Text Text(string text) => new(text);

    private static Markup Mark(bool good) => new(good ? "[green]✓[/]" : "[red]✗[/]");

    private static string Time(ulong milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds).ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
