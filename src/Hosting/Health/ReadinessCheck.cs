namespace LicenceChain.Hosting.Health;

/// <summary>One thing without which a service should not be sent requests.</summary>
/// <param name="Name">Short and stable, e.g. <c>peers</c>.</param>
/// <param name="WhyNot">Null when all is well, else the reason and what to do. Quick, thread-safe, and silent about secrets: anyone may ask.</param>
public sealed record ReadinessCheck(string Name, Func<string?> WhyNot);
