using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Samples;

/// <summary>A row of requests.csv: who asks for which licence's attributes, for what, and what should come of it.</summary>
/// <param name="Name">For example <c>R000001</c>.</param>
/// <param name="Region">Of the requester.</param>
/// <param name="Matter">Code of a matter of that region.</param>
/// <param name="Serial">Serial of the licence.</param>
/// <param name="Attributes">Asked for; sorted, distinct.</param>
/// <param name="Scenario">Why it succeeds or fails.</param>
internal sealed record SampleRequest(string Name, RegionCode Region, string Matter, string Serial, IReadOnlyList<string> Attributes, Scenario Scenario);
