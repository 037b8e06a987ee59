using System.Globalization;
using LicenceChain.Cli.Audit;
using LicenceChain.Cli.Output;
using Spectre.Console;

namespace LicenceChain.Cli.Up;

/// <summary>The report of <c>up</c> as text.</summary>
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
        console.MarkupLine(string.Create(CultureInfo.InvariantCulture,
            $"Issued 签发 [bold]{issuing.Issued}[/] licences in {issuing.Seconds:0.0} s: [bold]{issuing.TransactionsPerSecond:0} tx/s[/], p50 {issuing.P50Ms:0} ms, p99 {issuing.P99Ms:0} ms; {issuing.Skipped} were on chain already; {report.FatesApplied} revoked or suspended since."));
        console.WriteLine();
    }

    private static void RenderScenarios(IAnsiConsole console, UpReport report)
    {
        var table = new Table().Border(TableBorder.Simple).Title($"{report.Requests} requests across regions 跨省核验");
        table.AddColumn("scenario");
        table.AddColumn("情形");
        table.AddColumn(new TableColumn("count").RightAligned());
        table.AddColumns("expected", "actual", "in words", "");
        foreach (var line in report.Scenarios)
        {
            table.AddRow(
                new Text(line.Scenario), new Text(line.Chinese), new Text(line.Count.ToString(CultureInfo.InvariantCulture)),
                new Text($"{Words.Outcome(line.ExpectedOutcome)} {line.ExpectedCode}"), new Text(string.Join('\n', line.Actual.Select(one => Actual(one, line.Count)))),
                new Text(line.Actual[0].Chinese), new Markup(line.Passed ? "[green]✓[/]" : "[red]✗[/]"));
        }

        console.Write(table);
    }

    private static string Actual(ActualOutcome one, int count)
    {
        var words = $"{Words.Outcome(one.Outcome)} {one.Code}";
        return one.Count == count ? words : string.Create(CultureInfo.InvariantCulture, $"{words} ×{one.Count}");
    }

    private static void RenderEndpoints(IAnsiConsole console, IReadOnlyList<Endpoint> endpoints)
    {
        var table = new Table().Border(TableBorder.Simple).Title("Interfaces 接口");
        table.AddColumns("region", "REST", "Swagger", "gRPC", "Verifier", "Verifier's Swagger");
        foreach (var one in endpoints)
            table.AddRow($"{one.Region} {one.Name}", one.Rest.ToString(), one.Swagger.ToString(), one.Grpc.Authority, one.Verifier.ToString(), one.VerifierSwagger.ToString());
        console.Write(table);
    }
}
