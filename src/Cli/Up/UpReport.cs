using LicenceChain.Cli.Audit;

namespace LicenceChain.Cli.Up;

/// <summary>What <c>up</c> reports; also its <c>result</c> under <c>--json</c>.</summary>
/// <param name="Directory">Network directory.</param>
/// <param name="Resumed">True when it was found, not made.</param>
/// <param name="Issuing">Throughput and latency.</param>
/// <param name="FatesApplied">Licences revoked or suspended in this run.</param>
/// <param name="Requests">Sample requests run.</param>
/// <param name="Scenarios">One line for each scenario.</param>
/// <param name="Audit">The trail of one licence; null when nothing was released.</param>
/// <param name="Endpoints">Where to go from here.</param>
/// <param name="AsExpected">True when every outcome and its reason was the expected one and the trail is whole.</param>
internal sealed record UpReport(
    string Directory,
    bool Resumed,
    IssuingResult Issuing,
    int FatesApplied,
    int Requests,
    IReadOnlyList<ScenarioSummary> Scenarios,
    CheckedTrail? Audit,
    IReadOnlyList<Endpoint> Endpoints,
    bool AsExpected);
