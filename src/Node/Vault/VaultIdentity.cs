using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Vault;

/// <summary>For whom a vault stands, as the chain has it.</summary>
/// <param name="Member">The member whose service key the vault holds.</param>
/// <param name="Region">Its region: the one whose licences the vault keeps.</param>
internal sealed record VaultIdentity(OrganisationCode Member, RegionCode Region)
{
    private const string LogName = "vault";

    /// <summary>Name of the vault's log in checkpoints and entries.</summary>
    public string Origin => $"{Member}/{LogName}";

    /// <summary>Returns once the chain, as this node has it, knows <paramref name="serviceKey"/>: a node that was admitted by governance hears of it while it follows.</summary>
    public static async Task AwaitAsync(INodeQueries queries, KeyId serviceKey, ILogger logger, CancellationToken cancellationToken)
    {
        var chain = new ChainView(queries);
        if (IsKnown(chain, serviceKey)) return;
        Log.WaitsForAdmission(logger, serviceKey);
        await foreach (var _ in queries.FollowAsync(queries.Status.Height, follow: true, cancellationToken))
            if (IsKnown(chain, serviceKey))
                return;
    }

    /// <summary>The member behind <paramref name="serviceKey"/>; throws when the chain knows no such service key.</summary>
    public static VaultIdentity Of(ChainView chain, KeyId serviceKey)
    {
        if (!IsKnown(chain, serviceKey)) throw new InvalidOperationException($"The chain knows no service key {serviceKey}.");
        var member = OrganisationCode.Parse(chain.Key(serviceKey)!.Member);
        return new VaultIdentity(member, RegionCode.Parse(chain.Member(member)!.Region));
    }

    private static bool IsKnown(ChainView chain, KeyId serviceKey) => chain.Key(serviceKey) is { } key && key.Roles.Contains(KeyRole.Service);
}
