using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Vault;

/// <summary>For whom a vault stands, as the chain has it.</summary>
/// <param name="Member">The member whose service key the vault holds.</param>
/// <param name="Region">Its region: the one whose licences the vault keeps.</param>
internal sealed record VaultIdentity(OrganisationCode Member, RegionCode Region)
{
    private const string LogName = "vault";

    /// <summary>Name of the vault's log in checkpoints and entries.</summary>
    public string Origin => $"{Member}/{LogName}";

    /// <summary>The member behind <paramref name="serviceKey"/>; throws when the chain knows no such service key: the keystore is another network's.</summary>
    public static VaultIdentity Of(ChainView chain, KeyId serviceKey)
    {
        if (chain.Key(serviceKey) is not { } key || !key.Roles.Contains(KeyRole.Service))
            throw new InvalidOperationException($"The chain knows no service key {serviceKey}: is the keystore another network's?");
        var member = OrganisationCode.Parse(key.Member);
        return new VaultIdentity(member, RegionCode.Parse(chain.Member(member)!.Region));
    }
}
