using LicenceChain.Contracts.Execution;
using LicenceChain.Contracts.Values;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Catalogue;

/// <summary>The registry of licence types.</summary>
internal static class CatalogueContract
{
    private const int SequenceLength = LicenceId.TypeCodeLength - OrganisationCode.Length;
    private const uint MaxSensitivity = 4;

    // A term longer than this has no end for anyone alive: such types say 0.
    private const uint MaxValidYears = 100;

    private static readonly System.Buffers.SearchValues<char> Sequence = System.Buffers.SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>Registers a type, or the next version of one.</summary>
    public static Refusal? Register(Call call, RegisterLicenceType arguments)
    {
        var type = arguments.Type ?? new LicenceTypeRecord();
        var refusal = CheckForm(type);
        if (refusal is not null) return refusal;
        var key = StateKeys.LicenceType(type.Code);
        var registered = call.Find(key, LicenceTypeRecord.Parser);
        var next = (registered?.Version ?? 0) + 1;
        if (type.Version != next) return new Refusal(CatalogueCodes.BadVersion, $"version is {type.Version}; the next of {type.Code} is {next}.");
        if (registered is not null && (registered.TypeCode != type.TypeCode || registered.Holder != type.Holder))
            return new Refusal(CatalogueCodes.IdentityChanged, $"type_code and holder of {type.Code} stay; register another type instead.");
        call.Put(key, type, "type.registered", type.Code);
        return null;
    }

    private static Refusal? CheckForm(LicenceTypeRecord type)
    {
        if (!ShortCode.IsValid(type.Code)) return new Refusal(CatalogueCodes.BadCode, $"code is {ShortCode.Rule}.");
        if (!IsTypeCode(type.TypeCode)) return new Refusal(CatalogueCodes.BadTypeCode, "type_code is an organisation code of GB 32100 and three of 0-9, A-Z.");
        if (!PlainText.IsValid(type.Name) || !PlainText.IsValid(type.EnglishName) || !PlainText.IsValidOrEmpty(type.Department))
            return new Refusal(CatalogueCodes.BadDescription, $"name and english_name are {PlainText.Rule}; department too, or empty.");
        if (type.Holder is not (HolderKind.Person or HolderKind.Organisation)) return new Refusal(CatalogueCodes.BadDescription, "holder is person or organisation.");
        if (type.ValidYears > MaxValidYears) return new Refusal(CatalogueCodes.BadDescription, $"valid_years is at most {MaxValidYears}; 0 is no end.");
        if (!IsSensitivity(type.Sensitivity)) return new Refusal(CatalogueCodes.BadDescription, $"sensitivity is 1 to {MaxSensitivity}.");
        return AreAttributes(type.Attributes)
            ? null
            : new Refusal(CatalogueCodes.BadAttributes, $"attributes are 1 to {AttributeNames.MaxCount} of distinct names, each with a sensitivity of 1 to {MaxSensitivity}.");
    }

    private static bool IsTypeCode(string text) =>
        text.Length == LicenceId.TypeCodeLength
        && OrganisationCode.TryParse(text[..OrganisationCode.Length], out _)
        && text.AsSpan(text.Length - SequenceLength).IndexOfAnyExcept(Sequence) < 0;

    // Not sorted: a type lists its attributes in the order in which a licence shows them.
    private static bool AreAttributes(Google.Protobuf.Collections.RepeatedField<AttributeDefinition> attributes)
    {
        if (attributes.Count is 0 or > AttributeNames.MaxCount) return false;
        var names = new HashSet<string>(attributes.Count, StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            if (!AttributeNames.IsName(attribute.Name) || !IsSensitivity(attribute.Sensitivity) || !names.Add(attribute.Name)) return false;
        }

        return true;
    }

    private static bool IsSensitivity(uint value) => value is > 0 and <= MaxSensitivity;
}
