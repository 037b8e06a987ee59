using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Network;
using LicenceChain.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Standings.Expiry;

/// <summary>Looks once a minute at what expires, logs each time it comes nearer, and gives the standing its words. The loop's own.</summary>
internal sealed class ExpiryKeeper(ChainState chain, KeyId service, IShownCertificate? certificate, ILogger logger)
{
    private const ulong LookMs = 60_000;

    // By kind: what was last logged, and how near it was.
    private readonly Dictionary<ExpiryKind, (Expiring One, ExpiryStage Stage)> _logged = [];
    private (KeyId Consensus, UnixTime? Certificate, UnixTime At)? _looked;

    /// <summary>What expires, the nearest first, as of the last look.</summary>
    public IReadOnlyList<Expiring> All { get; private set; } = [];

    /// <summary>Looks, unless it did less than a minute ago; at once when the consensus key or the certificate is another.</summary>
    public void Look(KeyId consensus, UnixTime now)
    {
        var links = certificate?.Expires;
        if (_looked is { } last && last.Consensus == consensus && last.Certificate == links && now >= last.At && now < last.At.Plus(LookMs)) return;
        _looked = (consensus, links, now);
        All = ExpiryWatch.Read(chain.State, consensus, service, links);
        foreach (var one in All) Note(one, now);
    }

    /// <summary>Reason and detail for the standing: of what is nearest, or nothing while it is far.</summary>
    public (string Reason, string Detail) Alarm(UnixTime now)
    {
        var near = All.Where(one => ExpiryWatch.Stage(one, now) > ExpiryStage.Far).ToList();
        if (near.Count == 0) return ("", "");
        var reason = ExpiryWatch.Stage(near[0], now) == ExpiryStage.Week ? StandingCodes.ExpiryDue : StandingCodes.ExpiryNear;
        return (reason, string.Join(' ', near.Select(one => one.Words(now))));
    }

    private void Note(Expiring one, UnixTime now)
    {
        var stage = ExpiryWatch.Stage(one, now);
        var before = _logged.GetValueOrDefault(one.Kind);
        if (stage > ExpiryStage.Far && (before.One != one || stage > before.Stage))
        {
            if (stage == ExpiryStage.Week) Log.ExpiryDue(logger, one.Words(now));
            else Log.ExpiryNear(logger, one.Words(now));
        }

        _logged[one.Kind] = (one, stage);
    }
}
