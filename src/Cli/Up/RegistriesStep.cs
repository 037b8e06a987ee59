using LicenceChain.Cli.Clients;
using LicenceChain.Cli.Keys;
using LicenceChain.Cli.Samples;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Cli.Up;

/// <summary>
/// Brings the catalogue, the matters and the agreement onto the chain: each by the bureau that speaks for it, the agreement proposed by one
/// region and accepted by every one. What already stands there is left alone when it is the same, and refused when it is not.
/// </summary>
internal sealed class RegistriesStep(UpContext context)
{
    private const uint FirstVersion = 1;

    public async Task RunAsync(CancellationToken cancel)
    {
        await InFlight.RunAsync([.. context.Samples.Types.Values], InFlight.Reads, RegisterTypeAsync, cancel);
        await InFlight.RunAsync([.. context.Samples.Matters.Values], InFlight.Reads, RegisterMatterAsync, cancel);
        await AgreeAsync(cancel);
    }

    private async Task<bool> RegisterTypeAsync(SampleType type, CancellationToken cancel)
    {
        var registrar = context.Directory.Regions[0];
        var wanted = RegistryRecords.Type(type, context.Plan.TypeCodes[type.Code], FirstVersion);
        if (await context.Clients.Node(registrar.Code).GetLicenceTypeAsync(type.Code, cancel) is { } standing) return Same(standing.Record, wanted, TypesFile.Name, type.Code);
        var factory = context.Factory(registrar.Bureau, OfficerRoles.Govern);
        await context.Submitter(registrar.Code).SubmitAsync(until => factory.RegisterLicenceType(wanted, until), cancel);
        return true;
    }

    private async Task<bool> RegisterMatterAsync(SampleMatter matter, CancellationToken cancel)
    {
        var region = context.Directory.Region(matter.Region);
        var wanted = RegistryRecords.Matter(matter, FirstVersion);
        if (await context.Clients.Node(region.Code).GetMatterAsync(matter.Code, cancel) is { } standing) return Same(standing.Record, wanted, MattersFile.Name, matter.Code);
        var factory = context.Factory(region.Bureau, OfficerRoles.Govern);
        await context.Submitter(region.Code).SubmitAsync(until => factory.RegisterMatter(wanted, until), cancel);
        return true;
    }

    private async Task AgreeAsync(CancellationToken cancel)
    {
        var proposer = context.Directory.Regions[0];
        var wanted = RegistryRecords.Agreement(context.Samples.Agreement, FirstVersion);
        if (await context.Clients.Node(proposer.Code).GetAgreementAsync(wanted.Name, cancel) is { } standing)
        {
            Same(standing.Record.Document, wanted, AgreementFile.Name, wanted.Name);
        }
        else
        {
            var factory = context.Factory(proposer.Bureau, OfficerRoles.Govern);
            await context.Submitter(proposer.Code).SubmitAsync(until => factory.ProposeAgreement(wanted, until), cancel);
        }

        foreach (var region in context.Samples.Agreement.Regions.Select(context.Directory.Region))
        {
            var record = await context.Clients.Node(proposer.Code).GetAgreementAsync(wanted.Name, cancel);
            if (record is not null && record.Record.AcceptedRegions.Contains(region.Code.Value)) continue;
            var factory = context.Factory(region.Bureau, OfficerRoles.Govern);
            await context.Submitter(region.Code).SubmitAsync(until => factory.AcceptAgreement(wanted, until), cancel);
        }
    }

    /// <summary>False: there is nothing to do. Throws when the chain holds something else under this name.</summary>
    private static bool Same<T>(T standing, T wanted, string file, string name)
        where T : class => standing.Equals(wanted)
            ? false
            : throw CommandFailure.BadInput($"This network holds another '{name}' than {file}. Start over with --fresh, or choose another folder with --dir.");
}
