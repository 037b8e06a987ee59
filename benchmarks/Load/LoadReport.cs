using System.Globalization;
using System.Text.Json;

namespace LicenceChain.Load;

/// <summary>The figures of one run.</summary>
/// <param name="TransactionsPerSecond">Committed and applied, each with its own SM2 signature, checked, executed and written durably by every validator.</param>
/// <param name="LicencesPerSecond">The same in licences: batch mode issues many under one signature.</param>
/// <param name="P50Ms">Median from submitting to the committed receipt.</param>
/// <param name="P99Ms">99th percentile of the same.</param>
/// <param name="CoreMsPerTransaction">CPU time of all validators and the client in the measured time, divided by the transactions.</param>
/// <param name="DiskBytesPerTransaction">Growth of one validator's data folder, divided by the transactions.</param>
/// <param name="Transactions">Committed in the measured time.</param>
/// <param name="Refused">Refused in the measured time; a sound run has none.</param>
internal sealed record LoadReport(
    double TransactionsPerSecond, double LicencesPerSecond, double P50Ms, double P99Ms, double CoreMsPerTransaction, double DiskBytesPerTransaction, long Transactions, long Refused)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        committed      {Transactions:N0} transactions, {Refused:N0} refused
        throughput     {TransactionsPerSecond:N0} transactions/s, {LicencesPerSecond:N0} licences/s
        latency        p50 {P50Ms:N0} ms, p99 {P99Ms:N0} ms
        processor      {CoreMsPerTransaction:N3} core-ms a transaction (validators and client)
        disk           {DiskBytesPerTransaction:N0} bytes a transaction in each validator
        """);
}
