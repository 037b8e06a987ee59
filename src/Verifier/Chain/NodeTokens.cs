using LicenceChain.Hosting.Tokens;
using LicenceChain.Verifier.Configuration;

namespace LicenceChain.Verifier.Chain;

/// <summary>The Verifier's own short-lived tokens for the nodes' APIs. Safe for concurrent use.</summary>
internal sealed class NodeTokens : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(10); // well before the end, so that none expires on the way

    private readonly TokenAuthority _authority;
    private readonly TokenClaims _claims;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private string _token = "";
    private DateTimeOffset _renewAt = DateTimeOffset.MinValue;

    public NodeTokens(VerifierConfiguration configuration, TimeProvider clock)
    {
        _clock = clock;
        _authority = TokenAuthority.OpenOrCreate(configuration.NodeTokenKeyPath, clock);
        _claims = new TokenClaims($"verifier-{configuration.Region}", configuration.Organisation.Value, [TokenRoles.Service]);
    }

    public string Current()
    {
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            if (now < _renewAt) return _token;
            _token = _authority.Issue(_claims, Life);
            _renewAt = now + Renewal;
            return _token;
        }
    }

    public void Dispose() => _authority.Dispose();
}
