using LicenceChain.Hosting.Tokens;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Sdk.Client;

namespace LicenceChain.Cli.Clients;

/// <summary>Clients of every node and Verifier of a network directory, with tokens of its development authority.</summary>
internal sealed class NetworkClients : IDisposable
{
    // As long as any token may live: a run of `up` takes minutes.
    private static readonly TimeSpan TokenLife = TokenAuthority.MaxLifetime;

    private readonly Dictionary<RegionCode, LicenceChainClient> _nodes = [];
    private readonly Dictionary<RegionCode, VerifierClient> _verifiers = [];

    public NetworkClients(NetworkDirectory directory)
    {
        using var authority = TokenAuthority.OpenOrCreate(directory.TokenKeyPath, TimeProvider.System);
        foreach (var region in directory.Regions)
        {
            var token = authority.Issue(new TokenClaims("command-line", region.Bureau.Value, AllRoles), TokenLife);
            _nodes[region.Code] = new LicenceChainClient(region.NodeRest, new LicenceChainClientOptions { Token = token });
            _verifiers[region.Code] = new VerifierClient(region.Verifier, token);
        }
    }

    /// <summary>What the command line may do on a development network: everything.</summary>
    public static IReadOnlyList<string> AllRoles { get; } =
        [TokenRoles.Issuer, TokenRoles.Verifier, TokenRoles.Auditor, TokenRoles.Governor, TokenRoles.Operator, TokenRoles.Service];

    /// <summary>The client of the node in <paramref name="region"/>.</summary>
    public LicenceChainClient Node(RegionCode region) => _nodes[region];

    /// <summary>The client of the Verifier in <paramref name="region"/>.</summary>
    public VerifierClient Verifier(RegionCode region) => _verifiers[region];

    public void Dispose()
    {
        foreach (var node in _nodes.Values) node.Dispose();
        foreach (var verifier in _verifiers.Values) verifier.Dispose();
    }
}
