using LicenceChain.Fuzzing.Engine;
using LicenceChain.Fuzzing.Network;
using LicenceChain.Fuzzing.Targets;

namespace LicenceChain.Fuzzing;

/// <summary>All targets.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<FuzzTarget> All(SampleChain chain, ApiTargets apis) => [.. Decoders(chain), .. apis.All()];

    public static IReadOnlyList<FuzzTarget> Decoders(SampleChain chain) =>
    [
        .. ValueTargets.All(chain), .. ProtocolTargets.All(chain), .. CredentialTargets.All(chain), .. ConsensusTargets.All(chain), .. ContractTargets.All(chain),
        .. HostingTargets.All(chain), .. NodeTargets.All(chain), .. CliTargets.All(chain),
    ];
}
