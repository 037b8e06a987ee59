using LicenceChain.Protocol.Proto;

namespace LicenceChain.Contracts.Catalogue;

/// <summary>Questions that other contracts ask of a registered type.</summary>
internal static class LicenceTypes
{
    /// <summary>The first of <paramref name="names"/> that the type does not have, or null. Both lists have at most 64.</summary>
    public static string? FirstUnknownAttribute(LicenceTypeRecord type, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (!Has(type, name)) return name;
        }

        return null;
    }

    private static bool Has(LicenceTypeRecord type, string name)
    {
        foreach (var attribute in type.Attributes)
        {
            if (attribute.Name == name) return true;
        }

        return false;
    }
}
