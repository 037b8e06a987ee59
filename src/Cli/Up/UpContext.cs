using LicenceChain.Cli.Clients;
using LicenceChain.Cli.Keys;
using LicenceChain.Cli.Output;
using LicenceChain.Cli.Samples;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Sdk.Issuing;
using LicenceChain.Sdk.Wallets;

namespace LicenceChain.Cli.Up;

/// <summary>What the steps of <c>up</c> work with once the network runs.</summary>
internal sealed class UpContext : IDisposable
{
    private readonly Dictionary<RegionCode, Submitter> _submitters;

    public UpContext(SampleSet samples, LicencePlan plan, NetworkDirectory directory, WalletBook holders, Terminal terminal)
    {
        (Samples, Plan, Directory, Holders, Terminal) = (samples, plan, directory, holders, terminal);
        Clients = new NetworkClients(directory);
        Officers = new Officers(directory);
        _submitters = directory.Regions.ToDictionary(region => region.Code, region => new Submitter(Clients.Node(region.Code)));
    }

    public SampleSet Samples { get; }

    public LicencePlan Plan { get; }

    public NetworkDirectory Directory { get; }

    /// <summary>One wallet for each holder of the samples, by holder code.</summary>
    public WalletBook Holders { get; }

    public Terminal Terminal { get; }

    public NetworkClients Clients { get; }

    public Officers Officers { get; }

    /// <summary>Hands transactions in at the node of <paramref name="region"/>.</summary>
    public Submitter Submitter(RegionCode region) => _submitters[region];

    /// <summary>The data bureau of a region: validator, relying party, and the region's voice.</summary>
    public OrganisationCode Bureau(RegionCode region) => Directory.Region(region).Bureau;

    /// <summary>Signs in the name of a member's officer.</summary>
    public TransactionFactory Factory(OrganisationCode member, string role) => new(Directory.Chain, Officers.Key(member, role));

    /// <summary>The holder of a planned licence.</summary>
    public Wallet HolderOf(PlannedLicence licence) => Holders.GetOrCreate(licence.Sample.HolderCode);

    public void Dispose()
    {
        foreach (var submitter in _submitters.Values) submitter.Dispose();
        Clients.Dispose();
        Officers.Dispose();
        Holders.Dispose();
    }
}
