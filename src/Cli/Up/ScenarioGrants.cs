using System.Security.Cryptography;
using Google.Protobuf;
using LicenceChain.Cli.Clients;
using LicenceChain.Cli.Keys;
using LicenceChain.Cli.Samples;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Cli.Up;

/// <summary>Brings the holders' grants onto the chain, relayed by the bureau of the region that asks; then revokes and uses up those whose scenario it is.</summary>
internal sealed class ScenarioGrants(UpContext context)
{
    /// <summary>Returns how long the slowest took.</summary>
    public async Task<TimeSpan> RegisterAsync(IReadOnlyList<RequestCase> cases, CancellationToken cancel)
    {
        var granted = cases.Where(one => one.Grant is not null).ToList();
        var committed = await InFlight.RunAsync(granted, InFlight.Submissions, (one, token) =>
        {
            var factory = context.Factory(context.Bureau(one.Request.Region), OfficerRoles.Verify);
            return context.Submitter(one.Request.Region).SubmitAsync(until => factory.RegisterGrant(one.Grant!.Argument, until), token);
        }, cancel);
        return committed.Select(one => one.Latency).DefaultIfEmpty().Max();
    }

    public async Task SpoilAsync(IReadOnlyList<RequestCase> cases, CancellationToken cancel)
    {
        await InFlight.RunAsync([.. cases.Where(one => one.Request.Scenario == Scenario.GrantRevoked)], InFlight.Submissions, RevokeAsync, cancel);
        await InFlight.RunAsync([.. cases.Where(one => one.Request.Scenario == Scenario.GrantUsedUp)], InFlight.Submissions, UseUpAsync, cancel);
    }

    private Task<Committed> RevokeAsync(RequestCase one, CancellationToken cancel)
    {
        var revocation = context.HolderOf(one.Licence).Revoke(context.Directory.Chain, one.Grant!.Id);
        var factory = context.Factory(context.Bureau(one.Request.Region), OfficerRoles.Verify);
        return context.Submitter(one.Request.Region).SubmitAsync(until => factory.RevokeGrant(revocation, until), cancel);
    }

    private Task<Committed> UseUpAsync(RequestCase one, CancellationToken cancel)
    {
        var use = new ConsumeGrant
        {
            GrantId = ByteString.CopyFrom(one.Grant!.Id.Value.Span),
            UseId = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(Hash256.Size)),
            LicenceId = one.Licence.Id.Value,
            Matter = one.Request.Matter,
        };
        var factory = context.Factory(context.Bureau(one.Request.Region), OfficerRoles.Verify);
        return context.Submitter(one.Request.Region).SubmitAsync(until => factory.Consume(use, until), cancel);
    }
}
