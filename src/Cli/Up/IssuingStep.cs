using System.Diagnostics;
using Google.Protobuf;
using LicenceChain.Cli.Clients;
using LicenceChain.Cli.Keys;
using LicenceChain.Cli.Output;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Sdk.Issuing;
using LicenceChain.Sdk.Wallets;

namespace LicenceChain.Cli.Up;

/// <summary>Issues what the chain does not hold yet: each licence by its own transaction with its own signature, many in flight.</summary>
internal sealed class IssuingStep(UpContext context)
{
    // About 3 KiB a licence: a deposit stays far below the largest message.
    private const int DepositBatch = 200;

    public async Task<IssuingResult> RunAsync(CancellationToken cancel)
    {
        // 1. What is missing? The chain says, not a note of ours.
        var missing = await FindMissingAsync(cancel);

        // 2. Credentials of the missing ones, and onto disk with them before the chain hears of any: a licence whose holder has no key is lost.
        Prepare(missing);
        Directory.CreateDirectory(context.Directory.WalletsPath);
        await context.Holders.SaveAsync(SampleHolders.PathIn(context.Directory), context.Directory.Passphrase, cancel);

        // 3. The data to the vault of the issuing region, so that no licence is ever without it.
        await DepositAsync(missing, cancel);

        // 4. The transactions.
        return await IssueAsync(missing, cancel);
    }

    private async Task<IReadOnlyList<PlannedLicence>> FindMissingAsync(CancellationToken cancel)
    {
        var licences = context.Plan.Licences;
        var records = await InFlight.RunAsync(licences, InFlight.Reads, (licence, token) => context.Clients.Node(licence.Sample.Region).GetLicenceAsync(licence.Id, token), cancel);
        for (var i = 0; i < licences.Count; i++)
            if (records[i] is { } standing) CheckHeld(licences[i], standing.Record);
        return [.. licences.Where((_, i) => records[i] is null)];
    }

    private void CheckHeld(PlannedLicence licence, LicenceRecord standing)
    {
        var wallet = context.HolderOf(licence);
        if (wallet.Credentials.FirstOrDefault(held => held.Licence == licence.Id) is { } held && standing.CredentialHash.Span.SequenceEqual(held.Credential.Hash.Span)) return;
        throw CommandFailure.BadInput($"The chain holds {licence.Id}, but '{SampleHolders.PathIn(context.Directory)}' has no such credential. Start over with --fresh.");
    }

    private void Prepare(IReadOnlyList<PlannedLicence> missing)
    {
        foreach (var issuer in missing.GroupBy(licence => licence.Sample.Issuer))
        {
            var preparer = new IssuancePreparer(context.Directory.Chain, issuer.Key, context.Officers.Key(issuer.Key, OfficerRoles.Issue));
            foreach (var licence in issuer)
            {
                var wallet = context.HolderOf(licence);
                // Prepared by an earlier run that was stopped: its transaction may still be on its way, so the same credential must serve.
                if (wallet.Credentials.Any(held => held.Licence == licence.Id)) continue;
                wallet.Add(preparer.Prepare(Application(licence, wallet)).Held);
            }
        }
    }

    private static LicenceApplication Application(PlannedLicence licence, Wallet wallet) => new(
        licence.Id,
        licence.Sample.Type,
        wallet.PublicKey,
        licence.Sample.Attributes.ToDictionary(StringComparer.Ordinal),
        licence.Sample.ValidFrom,
        licence.Sample.ValidUntil ?? default);

    private async Task DepositAsync(IReadOnlyList<PlannedLicence> missing, CancellationToken cancel)
    {
        var batches = missing.GroupBy(licence => licence.Sample.Region).SelectMany(region => region.Chunk(DepositBatch)).ToList();
        await InFlight.RunAsync(batches, InFlight.Reads, async (batch, token) =>
        {
            var deposits = new VaultDeposits();
            deposits.Deposits.AddRange(batch.Select(licence => Issuable.Deposit(Held(licence))));
            return await context.Clients.Node(batch[0].Sample.Region).DepositAsync(deposits, token);
        }, cancel);
    }

    private async Task<IssuingResult> IssueAsync(IReadOnlyList<PlannedLicence> missing, CancellationToken cancel)
    {
        var factories = missing.Select(licence => licence.Sample.Issuer).Distinct().ToDictionary(issuer => issuer, issuer => context.Factory(issuer, OfficerRoles.Issue));
        var started = Stopwatch.GetTimestamp();
        var committed = await Progress.RunAsync(context.Terminal.Console, "Issuing 签发", missing.Count, done => InFlight.RunAsync(
            missing,
            InFlight.Submissions,
            (licence, token) =>
            {
                var argument = Issuable.Argument(Held(licence));
                return context.Submitter(licence.Sample.Region).SubmitAsync(until => factories[licence.Sample.Issuer].Issue(argument, until), token);
            },
            cancel,
            done));
        return IssuingResult.Of([.. committed.Select(one => one.Latency)], context.Plan.Licences.Count - missing.Count, Stopwatch.GetElapsedTime(started));
    }

    private HeldCredential Held(PlannedLicence licence) => context.HolderOf(licence).Get(licence.Id);
}
