using System.Globalization;
using LicenceChain.Cli.Audit;
using LicenceChain.Cli.Output;
using Spectre.Console;

namespace LicenceChain.Cli.Up;

/// <summary>The report of <c>up</c> as text, within 120 columns.</summary>
internal static class UpReportView
{
    public static void Render(IAnsiConsole console, UpReport report)
    {
        RenderIssuing(console, report);
        RenderScenarios(console, report);
        if (report.Audit is { } trail) TrailView.Render(console, trail);
        RenderEndpoints(console, report.Endpoints);
        console.MarkupLine(report.AsExpected
            ? "[green]✓ every outcome was the expected one 全部结果符合预期[/]"
            : "[red]✗ some outcomes were not the expected ones 部分结果不符合预期[/]");
    }

    private static void RenderIssuing(IAnsiConsole console, UpReport report)
    {
        var issuing = report.Issuing;
        if (issuing.Issued > 0)
        {
            console.MarkupLine(string.Create(CultureInfo.InvariantCulture,
                $"Issued 签发 [bold]{issuing.Issued}[/] licences in {issuing.Seconds:0.0} s: [bold]{issuing.TransactionsPerSecond:0} tx/s[/], p50 {issuing.P50Ms:0} ms, p99 {issuing.P99Ms:0} ms"));
        }

        if (issuing.Skipped > 0) console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"{issuing.Skipped} licences were on chain already 已在链上"));
        if (report.FatesApplied > 0) console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"Revoked or suspended 吊销或暂扣 {report.FatesApplied}"));
        console.WriteLine();
    }

    private static void RenderScenarios(IAnsiConsole console, UpReport report)
    {
        var table = new Table().Border(TableBorder.Simple).Title($"{report.Requests} requests across regions 跨省核验");
        table.AddColumn("scenario 情形");
        table.AddColumn(new TableColumn("count 数量").RightAligned());
        table.AddColumns("expected 预期", "actual 实际", "");
        foreach (var line in report.Scenarios)
        {
            table.AddRow(
                new Text($"{line.Scenario} {line.Chinese}"), new Text(line.Count.ToString(CultureInfo.InvariantCulture)), new Text($"{line.ExpectedOutcome} {line.ExpectedCode}"),
                new Text(string.Join('\n', line.Actual.Select(one => Actual(one, line.Count)))), new Markup(line.Passed ? "[green]✓[/]" : "[red]✗[/]"));
        }

        console.Write(table);
        if (report.Scenarios.FirstOrDefault(line => line.ExpectedOutcome == "recognised") is not { } recognised) return;
        console.WriteLine($"For example 例如: {recognised.Actual[0].English}");
        console.WriteLine($"  {recognised.Actual[0].Chinese}");
        console.WriteLine();
    }

    private static string Actual(ActualOutcome one, int count)
    {
        var words = $"{Words.Outcome(one.Outcome)} {one.Code}";
        return one.Count == count ? words : string.Create(CultureInfo.InvariantCulture, $"{words} ×{one.Count}");
    }

    private static void RenderEndpoints(IAnsiConsole console, IReadOnlyList<Endpoint> endpoints)
    {
        var table = new Table().Border(TableBorder.Simple).Title("Interfaces 接口 (Swagger UI: /swagger on REST and Verifier)");
        table.AddColumns("region 地区", "REST", "gRPC", "Verifier 用证服务");
        foreach (var one in endpoints) table.AddRow($"{one.Region} {one.Name}", one.Rest.ToString(), one.Grpc.Authority, one.Verifier.ToString());
        console.Write(table);
    }
}
