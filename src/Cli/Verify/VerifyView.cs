using LicenceChain.Cli.Output;
using LicenceChain.Sdk.Verification;
using LicenceChain.Verifier.Api;
using Spectre.Console;

namespace LicenceChain.Cli.Verify;

/// <summary>What <c>verify</c> reports, for either of its ways.</summary>
internal static class VerifyView
{
    public static ExitCode Report(Terminal terminal, VerificationReply reply)
    {
        var decision = reply.Decision;
        var good = decision.Outcome == "recognised";
        var result = new { reply.LicenceId, reply.UseId, decision.Outcome, decision.Code, decision.English, decision.Chinese, decision.Clauses, decision.Height, reply.Attributes, reply.Log };
        return terminal.Report(good ? ExitCode.Ok : ExitCode.Negative, result, console =>
        {
            console.MarkupLineInterpolated($"{(good ? "✓" : "✗")} [bold]{Words.Outcome(decision.Outcome)}[/] {decision.Code}");
            console.WriteLine($"  {decision.Chinese}");
            console.WriteLine($"  {decision.English}");
            foreach (var (name, value) in reply.Attributes) console.WriteLine($"  {name}: {value}");
            console.WriteLine($"  clauses 条款: {string.Join(", ", decision.Clauses)}");
            console.WriteLine($"  access log 访问日志: {reply.Log.Origin}[{reply.Log.Index}]");
        });
    }

    public static ExitCode Report(Terminal terminal, VerificationReport report)
    {
        var verdict = Name(report.Verdict);
        var attributes = report.Attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value, StringComparer.Ordinal);
        var result = new { Verdict = verdict, report.Code, report.Detail, AsOfMs = report.AsOf?.Milliseconds, Height = report.Height?.Value, LicenceId = report.Licence?.Id, Attributes = attributes };
        return terminal.Report(report.IsValid ? ExitCode.Ok : ExitCode.Negative, result, console =>
        {
            console.MarkupLineInterpolated($"{(report.IsValid ? "✓" : "✗")} [bold]{Words.Verdict(verdict)}[/] {report.Code}");
            console.WriteLine($"  {report.Detail}");
            if (report.Licence is { } licence) console.WriteLine($"  licence 证照: {licence.Id}");
            foreach (var (name, value) in attributes) console.WriteLine($"  {name}: {value}");
            if (report is { AsOf: { } time, Height: { } height }) console.WriteLine($"  as of 截至: height {height}, {Words.Time(time.Milliseconds)} (Beijing time 北京时间)");
        });
    }

    private static string Name(VerificationVerdict verdict) => verdict switch
    {
        VerificationVerdict.Valid => "valid",
        VerificationVerdict.NotValid => "notValid",
        _ => "undetermined",
    };
}
