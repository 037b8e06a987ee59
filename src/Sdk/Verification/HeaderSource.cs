using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Sdk.Verification;

/// <summary>Gives up to <paramref name="limit"/> headers from a height on, in order; fewer at the head.</summary>
public delegate Task<IReadOnlyList<CertifiedHeader>> HeaderSource(Height from, int limit, CancellationToken cancellation);
