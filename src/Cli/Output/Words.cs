using System.Globalization;

namespace LicenceChain.Cli.Output;

/// <summary>Outcomes in English and Chinese, as every command says them.</summary>
internal static class Words
{
    /// <summary>Outcomes of recognition, by the API's name.</summary>
    public static string Outcome(string outcome) => outcome switch
    {
        "recognised" => "recognised 予以互认",
        "refused" => "refused 不予互认",
        "undetermined" => "undetermined 暂无法判定",
        _ => outcome,
    };

    /// <summary>Decisions in access logs, by the API's name.</summary>
    public static string Decision(string decision) => decision switch
    {
        "released" => "released 已提供",
        "refused" => "refused 已拒绝",
        "undetermined" => "undetermined 未能判定",
        _ => decision,
    };

    /// <summary>Which half of an access.</summary>
    public static string Side(string side) => side switch
    {
        "verifier" => "verifier 用证方",
        "vault" => "vault 发证方",
        _ => side,
    };

    /// <summary>A time of the chain or of a log, in Beijing time, which all regions keep.</summary>
    public static string Time(ulong milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds).ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Verdicts of an offline verification.</summary>
    public static string Verdict(string verdict) => verdict switch
    {
        "valid" => "valid 有效",
        "notValid" => "not valid 无效",
        "undetermined" => "undetermined 暂无法判定",
        _ => verdict,
    };
}
