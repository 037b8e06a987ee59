using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Why;

/// <summary>What people call the validators: by region where a network directory tells it, else by organisation code.</summary>
internal sealed class Names(ValidatorSet set, NetworkDirectory? directory)
{
    /// <summary>Of a seat.</summary>
    public string Of(Validator seat)
    {
        var region = directory?.Regions.FirstOrDefault(one => one.Bureau == seat.Member);
        return region is null ? seat.Member.Value : $"{region.Name} {region.Code}";
    }

    /// <summary>Of a key; without a seat, the beginning of its id.</summary>
    public string Of(KeyId key) => set.TryIndexOf(key, out var index) ? Of(set.Validators[index]) : key.ToString()[..8];

    /// <summary>Of several.</summary>
    public string Of(IEnumerable<KeyId> keys) => string.Join(", ", keys.Select(Of));
}
