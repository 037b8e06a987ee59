using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Sdk;
using LicenceChain.Sdk.Client;
using LicenceChain.Verifier.Chain;
using LicenceChain.Verifier.Configuration;

namespace LicenceChain.Verifier.Audit;

/// <summary>Fetches the vault's half of a licence's trail, and the checkpoints of both logs as the chain holds them.</summary>
internal sealed class VaultTrails(VerifierConfiguration configuration, ChainFollower chain, TimeProvider clock)
{
    // The vault anchors every few seconds: a trail and a proof that miss each other meet at the next try.
    private const int MaxAttempts = 5;

    // Most entries that a vault answers at once (docs/reference/api.md).
    private const int PageSize = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The trail (null where it could not be had), the proof, and a look-up of proven checkpoints by origin.</summary>
    public async Task<(AccessTrail? Trail, LicenceProof? Proof, Func<string, CheckpointRecord?> Proven)> FetchAsync(
        string? region, string ownOrigin, LicenceId licence, string? token, List<string> findings, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var trail = await TrailAsync(region, licence, token, findings, cancellation);
            string[] origins = trail is null ? [ownOrigin] : [ownOrigin, trail.Origin];
            var (proof, facts) = await chain.ProveAsync([.. origins.Distinct().Select(StateKeys.Checkpoint)], cancellation);
            if (trail?.Checkpoint is not { } named || Read(facts, trail.Origin)?.Equals(named) == true) return (trail, proof, origin => Read(facts, origin));
            if (attempt == MaxAttempts)
            {
                findings.Add("The vault's checkpoint is not the one that the chain holds.");
                return (trail, proof, origin => Read(facts, origin));
            }

            await Task.Delay(Pause, clock, cancellation);
        }
    }

    private async Task<AccessTrail?> TrailAsync(string? region, LicenceId licence, string? token, List<string> findings, CancellationToken cancellation)
    {
        if (region is null) return null; // an unknown licence has no vault
        if (configuration.Nodes.FirstOrDefault(n => n.Region.Value == region) is not { } node)
        {
            findings.Add($"{VerifierCodes.VaultUnavailable}: no node of region {region} is configured.");
            return null;
        }

        try
        {
            // With the reader's own token: the vault logs who read, and gives its log to auditors only.
            using var client = new LicenceChainClient(node.Rest, new LicenceChainClientOptions { Token = token, MaxAttempts = 2, Time = clock });
            var trail = await client.GetVaultTrailAsync(licence, cancellation);
            if (trail is not null && trail.Entries.Count + (int)trail.Unanchored >= PageSize) findings.Add($"Only the oldest {PageSize} entries of the vault are shown.");
            if (trail is null || trail.Origin.StartsWith(node.Organisation.Value + "/", StringComparison.Ordinal)) return trail;
            findings.Add("The vault answered for a log that is not its own.");
        }
        catch (LicenceChainException lost)
        {
            findings.Add($"{VerifierCodes.VaultUnavailable}: the vault's half could not be had ({lost.Code}).");
        }

        return null;
    }

    private static CheckpointRecord? Read(ProvenFacts facts, string origin) =>
        facts.TryGet(StateKeys.Checkpoint(origin), out var value) && value is { } bytes
            && CanonicalProto.TryParse(CheckpointRecord.Parser, bytes.Span, ProtocolLimits.MaxStateValueBytes, out var record)
            ? record
            : null;
}
