using LicenceChain.Cli.Clients;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Sdk;
using LicenceChain.Sdk.Client;

namespace LicenceChain.Cli.Governance;

/// <summary>Where the nodes of a directory stand, asked briefly: one that is down is an answer too.</summary>
internal sealed class NodeStatuses : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Dictionary<RegionCode, LicenceChainClient> _brief = [];
    private readonly NetworkClients _clients;

    public NodeStatuses(NetworkDirectory directory)
    {
        _clients = new NetworkClients(directory);
        using var authority = TokenAuthority.OpenOrCreate(directory.TokenKeyPath, TimeProvider.System);
        var token = authority.Issue(new TokenClaims("command-line", directory.Regions[0].Bureau.Value, [TokenRoles.Operator]), TokenAuthority.MaxLifetime);
        foreach (var region in directory.Regions)
            _brief[region.Code] = new LicenceChainClient(region.NodeRest, new LicenceChainClientOptions { Token = token, Timeout = Patience, MaxAttempts = 1 });
    }

    /// <summary>The patient client of a region's node.</summary>
    public LicenceChainClient Client(NetworkRegion region) => _clients.Node(region.Code);

    /// <summary>A node's status; null when it does not answer.</summary>
    public async Task<StatusReply?> AskAsync(NetworkRegion region, CancellationToken cancel)
    {
        try
        {
            return await _brief[region.Code].GetStatusAsync(cancel);
        }
        catch (LicenceChainException failure) when (failure.Code == SdkCodes.Unreachable)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _clients.Dispose();
        foreach (var client in _brief.Values) client.Dispose();
    }
}
