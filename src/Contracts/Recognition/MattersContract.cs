using LicenceChain.Contracts.Catalogue;
using LicenceChain.Contracts.Execution;
using LicenceChain.Contracts.Values;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Recognition;

/// <summary>Matters: what a region's offices deal with, and which attributes each may ask for.</summary>
internal static class MattersContract
{
    /// <summary>Most licence types that one matter asks for.</summary>
    public const int MaxNeeds = 32;

    /// <summary>Registers a matter of the signer's region, or its next version.</summary>
    public static Refusal? Register(Call call, RegisterMatter arguments)
    {
        var matter = arguments.Matter ?? new MatterRecord();
        if (!ShortCode.IsValid(matter.Code) || !PlainText.IsValid(matter.Name) || !RegionCode.TryParse(matter.Region, out var region))
            return new Refusal(AgreementCodes.BadMatter, $"code is {ShortCode.Rule}; name is {PlainText.Rule}; region is a code of GB/T 2260.");
        if (region != call.Signer.Region) return new Refusal(AgreementCodes.OtherRegion, $"region is {region}; the signer's is {call.Signer.Region}.");
        var refusal = CheckNeeds(call, matter.Needs);
        if (refusal is not null) return refusal;
        var key = StateKeys.Matter(matter.Code);
        var last = call.Find(key, MatterRecord.Parser);
        if (last is not null && last.Region != matter.Region) return new Refusal(AgreementCodes.OtherRegion, $"{matter.Code} is a matter of {last.Region}.");
        var next = (last?.Version ?? 0) + 1;
        if (matter.Version != next) return new Refusal(AgreementCodes.BadVersion, $"version is {matter.Version}; the next of {matter.Code} is {next}.");
        call.Put(key, matter, "matter.registered", matter.Code);
        return null;
    }

    private static Refusal? CheckNeeds(Call call, Google.Protobuf.Collections.RepeatedField<MatterNeed> needs)
    {
        if (needs.Count is 0 or > MaxNeeds || !SortedStrings.IsAscending([.. needs.Select(n => n.LicenceType)]))
            return new Refusal(AgreementCodes.BadNeeds, $"needs are 1 to {MaxNeeds} distinct licence types, ascending.");
        foreach (var need in needs)
        {
            if (!ShortCode.IsValid(need.LicenceType) || !AttributeNames.IsList(need.Attributes))
                return new Refusal(AgreementCodes.BadNeeds, $"A need is a licence type and {AttributeNames.ListRule}.");
            if (call.Find(StateKeys.LicenceType(need.LicenceType), LicenceTypeRecord.Parser) is not { } type)
                return new Refusal(AgreementCodes.UnknownType, $"{need.LicenceType} is not in the catalogue.");
            if (LicenceTypes.FirstUnknownAttribute(type, need.Attributes) is { } unknown)
                return new Refusal(AgreementCodes.UnknownType, $"{type.Code} has no attribute {unknown}.");
        }

        return null;
    }
}
