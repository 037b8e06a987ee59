using LicenceChain.Cli.Samples;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Cli.Up;

/// <summary>The samples' registries as the records that the chain keeps: lists sorted, so that the same samples give the same bytes.</summary>
internal static class RegistryRecords
{
    public static LicenceTypeRecord Type(SampleType type, string typeCode, uint version)
    {
        var record = new LicenceTypeRecord
        {
            Code = type.Code,
            TypeCode = typeCode,
            Name = type.Name,
            EnglishName = type.EnglishName,
            Holder = type.HeldByPerson ? HolderKind.Person : HolderKind.Organisation,
            Department = type.Department,
            ValidYears = (uint)type.ValidYears,
            Sensitivity = (uint)type.Sensitivity,
            Version = version,
        };
        record.Attributes.AddRange(type.Attributes.Select(name => new AttributeDefinition { Name = name, Sensitivity = (uint)type.Sensitivity }));
        return record;
    }

    public static MatterRecord Matter(SampleMatter matter, uint version)
    {
        var record = new MatterRecord { Code = matter.Code, Name = matter.Name, Region = matter.Region.Value, Version = version };
        foreach (var (type, attributes) in matter.Needs.OrderBy(need => need.Key, StringComparer.Ordinal))
        {
            var need = new MatterNeed { LicenceType = type };
            need.Attributes.AddRange(attributes.Order(StringComparer.Ordinal));
            record.Needs.Add(need);
        }

        return record;
    }

    public static AgreementDocument Agreement(SampleAgreement agreement, uint version)
    {
        var document = new AgreementDocument { Name = agreement.Name, Title = agreement.Title, SinceMs = agreement.Since.Milliseconds, Version = version };
        document.Regions.AddRange(agreement.Regions.Select(region => region.Value).Order(StringComparer.Ordinal));
        document.LicenceTypes.AddRange(agreement.Types.Order(StringComparer.Ordinal));
        return document;
    }
}
