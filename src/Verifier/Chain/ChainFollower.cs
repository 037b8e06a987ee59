using System.Globalization;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.State;
using LicenceChain.Sdk;
using LicenceChain.Sdk.Verification;
using LicenceChain.Verifier.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Verifier.Chain;

/// <summary>The Verifier's own sight of the chain: a light client that follows the headers, and proofs under them.</summary>
internal sealed class ChainFollower : BackgroundService
{
    // Proofs bring their own headers; the loop is for changes of the validator set and for readiness.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(3);

    private readonly NodeSet _nodes;
    private readonly LightClient _light;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _maxAge;
    private readonly ILogger<ChainFollower> _logger;

    public ChainFollower(NodeSet nodes, TrustAnchor anchor, VerifierConfiguration configuration, TimeProvider clock, ILogger<ChainFollower> logger)
    {
        _nodes = nodes;
        _clock = clock;
        _maxAge = configuration.MaxProofAge;
        _logger = logger;
        Anchor = anchor;
        _light = new LightClient((from, limit, cancellation) => nodes.AskAsync((node, token) => node.GetHeadersAsync(from, limit, token), cancellation), anchor);
    }

    /// <summary>Where it started.</summary>
    public TrustAnchor Anchor { get; }

    /// <summary>The newest header followed; null at first.</summary>
    public BlockHeader? Head => _light.Head;

    /// <summary>The service's clock.</summary>
    public UnixTime Now => new((ulong)_clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Proves keys through the first node whose proof holds.</summary>
    /// <exception cref="LicenceChainException">No node gave a proof that holds.</exception>
    public Task<(LicenceProof Proof, ProvenFacts Facts)> ProveAsync(IReadOnlyList<StateKey> keys, CancellationToken cancellation) =>
        _nodes.AskAsync(
            async (node, token) =>
            {
                var proof = await node.ProveAsync(keys, token);
                var facts = await _light.VerifyAsync(proof, token);
                return facts is not null && keys.All(key => facts.TryGet(key, out _))
                    ? (proof, facts)
                    : throw new LicenceChainException(SdkCodes.BadAnswer, "The proof does not hold, or leaves out what was asked.");
            },
            cancellation);

    /// <summary>True when a decision may still be taken on a header of this time.</summary>
    public bool IsFresh(BlockHeader header) => Now.Milliseconds <= header.Time.Milliseconds + (ulong)_maxAge.TotalMilliseconds;

    /// <summary>Null when the chain is followed, else why not.</summary>
    public string? WhyNotReady() => Head switch
    {
        null => "No header was verified yet: are the nodes running?",
        { } head when !IsFresh(head) => string.Create(CultureInfo.InvariantCulture, $"The newest header is of {DateTimeOffset.FromUnixTimeMilliseconds((long)head.Time.Milliseconds):u}: the nodes lag or the chain stands."),
        _ => null,
    };

    /// <summary>Follows the headers once.</summary>
    public Task SyncAsync(CancellationToken cancellation) => _light.SyncAsync(cancellation);

    public override void Dispose()
    {
        _light.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, _clock);
        do
        {
            try
            {
                await SyncAsync(stoppingToken);
            }
            catch (LicenceChainException forked) when (forked.Code == SdkCodes.Forked)
            {
                Log.Forked(_logger, forked.Message);
                throw; // stopping beats deciding on one of two histories
            }
            catch (LicenceChainException lost)
            {
                Log.ChainLost(_logger, lost.Code);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
