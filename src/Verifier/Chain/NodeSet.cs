using System.Diagnostics.CodeAnalysis;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Sdk;
using LicenceChain.Sdk.Client;
using LicenceChain.Verifier.Configuration;

namespace LicenceChain.Verifier.Chain;

/// <summary>The nodes that may be asked: the own region's first, the others when it does not answer. None of them is trusted.</summary>
internal sealed class NodeSet : IDisposable
{
    private readonly Dictionary<RegionCode, LicenceChainClient> _clients = [];
    private readonly List<LicenceChainClient> _order = [];

    public NodeSet(VerifierConfiguration configuration, NodeTokens tokens, TimeProvider clock)
    {
        foreach (var node in configuration.Nodes.OrderBy(n => n.Region != configuration.Region))
        {
            // Few attempts on one node: the next one is the better retry.
            var options = new LicenceChainClientOptions { TokenSource = tokens.Current, MaxAttempts = 2, Time = clock, Timeout = TimeSpan.FromSeconds(30) };
            var client = new LicenceChainClient(node.Rest, options);
            _clients.Add(node.Region, client);
            _order.Add(client);
        }
    }

    /// <summary>The own region's first.</summary>
    public IReadOnlyList<LicenceChainClient> All => _order;

    public bool TryGet(string region, [NotNullWhen(true)] out LicenceChainClient? node)
    {
        node = null;
        return RegionCode.TryParse(region, out var code) && _clients.TryGetValue(code, out node);
    }

    /// <summary>Asks the own node, and where it does not answer the others in turn.</summary>
    public async Task<T> AskAsync<T>(Func<LicenceChainClient, CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return await ask(_order[i], cancellation);
            }
            catch (LicenceChainException lost) when (i + 1 < _order.Count && IsItsFailure(lost))
            {
                continue; // the next node may know
            }
        }
    }

    public void Dispose()
    {
        foreach (var client in _order) client.Dispose();
    }

    private static bool IsItsFailure(LicenceChainException lost) => lost.Code is SdkCodes.Unreachable or SdkCodes.BadAnswer or SdkCodes.Failed || lost.Status >= 500;
}
