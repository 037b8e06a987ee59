using LicenceChain.Contracts.Recognition;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Vault;

/// <summary>
/// Whether a vault may release, judged on its own copy of the chain: fresh and not made before, recognised by the same rules that the verifier applied,
/// and drawn on a use of the grant that was consumed in consensus for exactly this member, licence and matter.
/// </summary>
internal sealed class ReleaseCheck(ChainView chain, AgreementIndex agreements, VaultOptions options, TimeProvider clock)
{
    private readonly NonceCache _nonces = new();

    /// <summary>Null when everything holds; the licence's record where the chain has one, for the log.</summary>
    public async Task<(Refusal? Refusal, LicenceRecord? Licence)> CheckAsync(ReleaseRequest request, CancellationToken cancellationToken)
    {
        var licence = chain.Licence(request.Recognition.Licence);
        if (chain.Status.IsBehind) return (new Refusal(VaultCodes.Behind, "This node is catching up with the chain: try again."), licence);
        var refusal = CheckFreshness(request);
        if (refusal is not null) return (refusal, licence);

        var grant = request.Recognition.Grant!.Value;
        var use = chain.GrantUse(grant, request.Use);
        var facts = new RecognitionFacts
        {
            Requester = chain.Member(request.Recognition.Requester),
            Licence = licence,
            Agreements = await agreements.AllAsync(cancellationToken),
            Matter = chain.Matter(request.Recognition.Matter),
            Grant = chain.Grant(grant),
            Use = use,
        };
        var decision = Recogniser.Recognise(facts, request.Recognition, chain.Status.HeadTime);
        refusal = decision.IsRecognised ? CheckUse(request, use) : new Refusal(decision.Code, decision.English);
        return (refusal, licence);
    }

    // The later of the two clocks: an idle chain's head may be a heartbeat old, and this node's clock may lag behind the chain's.
    private Refusal? CheckFreshness(ReleaseRequest request)
    {
        var drift = chain.Parameters.DriftMs;
        var now = Later(chain.Status.HeadTime, new UnixTime((ulong)clock.GetUtcNow().ToUnixTimeMilliseconds()));
        var distance = request.Time > now ? request.Time.Milliseconds - now.Milliseconds : now.Milliseconds - request.Time.Milliseconds;
        if (distance > drift) return new Refusal(VaultCodes.Stale, $"The request's time lies {distance} ms from this node's; at most {drift}.");
        return _nonces.TryAdd(request.Digest, now, now.Plus(2 * (ulong)drift)) ? null : new Refusal(VaultCodes.Replayed, "This request was made before: make a new one with a new nonce.");
    }

    private Refusal? CheckUse(ReleaseRequest request, GrantUseRecord? use)
    {
        if (use is null) return new Refusal(VaultCodes.NoUse, "The chain holds no use of the grant with this use_id: consume one first.");
        var statement = request.Statement;
        if (use.Member != statement.Requester || use.LicenceId != statement.LicenceId || use.Matter != statement.Matter)
            return new Refusal(VaultCodes.OtherUse, "The use was consumed by another member, for another licence or another matter.");
        var age = chain.Status.HeadTime.Milliseconds - Math.Min(use.TimeMs, chain.Status.HeadTime.Milliseconds);
        return age <= options.UseLifetime.TotalMilliseconds
            ? null
            : new Refusal(VaultCodes.UseTooOld, $"The use was consumed {age} ms ago; it serves for {options.UseLifetime.TotalMilliseconds:F0} ms. Consume another.");
    }

    private static UnixTime Later(UnixTime left, UnixTime right) => left > right ? left : right;
}
