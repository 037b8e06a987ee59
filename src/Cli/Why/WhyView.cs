using System.Globalization;
using LicenceChain.Cli.Output;
using Spectre.Console;

namespace LicenceChain.Cli.Why;

/// <summary>The report as text.</summary>
internal static class WhyView
{
    public static void Render(IAnsiConsole console, Terminal terminal, WhyReport report)
    {
        console.MarkupLine(Headline(report));
        foreach (var seat in report.Validators)
        {
            var height = seat.Height is { } at ? at.ToString(CultureInfo.InvariantCulture) : "?";
            var age = seat.AgeSeconds > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({seat.AgeSeconds} s ago 秒前)") : "";
            console.MarkupLineInterpolated($"  {Mark(seat.State)} {seat.Name}  [bold]{State(seat.State)}[/]  head 高度 {height}{age}  {(seat.State == SeatState.Silent ? "" : seat.Waits)}");
        }

        foreach (var observer in report.Observers) console.MarkupLineInterpolated($"  · {observer.Name}  observer 观察节点  head 高度 {observer.Height ?? 0}");
        foreach (var problem in report.Problems)
        {
            console.MarkupLineInterpolated($"[red]✗[/] [bold]{problem.Where}[/] {problem.Code}: {problem.What}");
            terminal.Line($"    → {problem.Remedy}"); // never folded: it holds commands
        }

        foreach (var note in report.Notes) console.MarkupLineInterpolated($"[yellow]![/] {note}");
    }

    private static string Headline(WhyReport report)
    {
        var counts = string.Create(CultureInfo.InvariantCulture, $"{report.Voting} of {report.Validators.Count} validators vote, {report.Quorum} are needed");
        var chain = Markup.Escape(report.Chain);
        if (!report.Live) return report.Voting < report.Quorum
            ? $"[red]✗[/] {chain} stands still at height {report.Height}: {counts} 链已停止,法定数不足"
            : $"[red]✗[/] {chain} hardly moves at height {report.Height}: {counts}, yet rounds fail 出块受阻";
        if (report.Voting == report.Validators.Count) return $"[green]✓[/] {chain} is live at height {report.Height}: {counts} 链正常出块";
        var spare = report.Voting - report.Quorum;
        return spare > 0
            ? $"[yellow]![/] {chain} is live at height {report.Height}: {counts}; it survives the loss of {spare} more 链正常出块,可再失去 {spare} 个节点"
            : $"[yellow]![/] {chain} is live at height {report.Height}: {counts}; one more lost stops it 链正常出块,再失去一个节点即停止";
    }

    private static string Mark(SeatState state) => state is SeatState.Votes or SeatState.SaidToVote ? "✓" : "✗";

    private static string State(SeatState state) => state switch
    {
        SeatState.Votes => "votes 参与投票",
        SeatState.SaidToVote => "votes, as its peers heard 据他方所闻投票",
        SeatState.Abstains => "does not vote 不投票",
        _ => "silent 无声",
    };
}
