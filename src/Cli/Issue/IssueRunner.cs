using LicenceChain.Cli.Clients;
using LicenceChain.Cli.Keys;
using LicenceChain.Cli.Samples;
using LicenceChain.Cli.Up;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Proto;
using LicenceChain.Sdk.Issuing;
using LicenceChain.Sdk.Wallets;

namespace LicenceChain.Cli.Issue;

/// <summary>Issues one licence against a running network: checked against the chain's catalogue, into the holder's wallet, the vault, and onto the chain.</summary>
internal sealed class IssueRunner(NetworkDirectory directory, string walletPath, string passphrase) : IDisposable
{
    private readonly NetworkClients _clients = new(directory);
    private readonly Officers _officers = new(directory);

    public async Task<IssuedLicence> RunAsync(string path, string? serial, CancellationToken cancel)
    {
        // 1. The file, checked against what the chain knows of its type and issuer.
        var problems = new SampleProblems();
        var row = IssueInput.Read(path, serial, problems);
        var type = await _clients.Node(directory.Regions[0].Code).GetLicenceTypeAsync(row["type"], cancel);
        var licence = LicencesFile.ReadRow(row, Context(type?.Record));
        if (!row.Sound || type is null) throw IssueInput.Failure(problems);

        // 2. The credential, into the holder's wallet and onto disk before the chain hears of it.
        var id = LicenceId.Mint(type.Record.TypeCode, licence.Issuer, licence.Serial, version: 1);
        var node = _clients.Node(licence.Region);
        if (await node.GetLicenceAsync(id, cancel) is not null) throw new CommandFailure(ExitCode.Refused, $"The chain holds {id} already.");
        var held = await HoldAsync(licence, id, cancel);

        // 3. The data to the vault, then the transaction.
        await node.DepositAsync(new VaultDeposits { Deposits = { Issuable.Deposit(held) } }, cancel);
        var factory = new TransactionFactory(directory.Chain, _officers.Key(licence.Issuer, OfficerRoles.Issue));
        using var submitter = new Submitter(node);
        var committed = await submitter.SubmitAsync(until => factory.Issue(Issuable.Argument(held), until), cancel);
        return new IssuedLicence(id.Value, committed.Transaction.ToString(), committed.Height.Value, Math.Round(committed.Latency.TotalMilliseconds), walletPath);
    }

    public void Dispose()
    {
        _clients.Dispose();
        _officers.Dispose();
    }

    private LicenceContext Context(LicenceTypeRecord? type)
    {
        var types = type is null ? [] : new Dictionary<string, SampleType>(StringComparer.Ordinal) { [type.Code] = ToSample(type) };
        // The chain does not record departments: whoever may issue for a department is the agency's own affair.
        var issuers = directory.Members.Where(member => member.Roles.Contains(MemberRole.Issuer))
            .ToDictionary(member => member.Code, member => new SampleAgency(member.Code, member.Name, member.Region, type?.Department ?? ""));
        return new LicenceContext(types, "the chain's catalogue", issuers, "this network", [.. directory.Regions.Select(region => region.Code)], "this network");
    }

    private static SampleType ToSample(LicenceTypeRecord type) => new(
        type.Code, type.Name, type.EnglishName, type.Holder == HolderKind.Person, type.Department, (int)type.ValidYears, (int)type.Sensitivity, [.. type.Attributes.Select(one => one.Name)]);

    private async Task<HeldCredential> HoldAsync(SampleLicence licence, LicenceId id, CancellationToken cancel)
    {
        using var book = File.Exists(walletPath) ? await WalletBook.OpenAsync(walletPath, passphrase, cancel) : new WalletBook();
        var wallet = book.GetOrCreate(licence.HolderCode);
        if (wallet.Credentials.FirstOrDefault(one => one.Licence == id) is { } prepared) return prepared; // by a run that was stopped
        var preparer = new IssuancePreparer(directory.Chain, licence.Issuer, _officers.Key(licence.Issuer, OfficerRoles.Issue));
        var application = new LicenceApplication(
            id, licence.Type, wallet.PublicKey, licence.Attributes.ToDictionary(StringComparer.Ordinal), licence.ValidFrom, licence.ValidUntil ?? default);
        var held = preparer.Prepare(application).Held;
        wallet.Add(held);
        await book.SaveAsync(walletPath, passphrase, cancel);
        return held;
    }
}
