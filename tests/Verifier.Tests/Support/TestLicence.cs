using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Sdk.Issuing;
using LicenceChain.Sdk.Wallets;
using LicenceChain.Verifier.Api;

namespace LicenceChain.Verifier.Tests.Support;

/// <summary>One licence and its holder's wallet.</summary>
public sealed class TestLicence
{
    private readonly TestNetwork _network;

    public TestLicence(TestNetwork network, LicenceId id, string type, Sm2PrivateKey issuerKey)
    {
        _network = network;
        Id = id;
        Wallet = Wallet.Create("holder");
        var attributes = new Dictionary<string, string> { ["name"] = "高娟然", ["idNumber"] = "310101196608182095", ["address"] = "上海市文化路459号" };
        Prepared = new IssuancePreparer(network.Chain, TestNetwork.Police, issuerKey).Prepare(new LicenceApplication(id, type, Wallet.PublicKey, attributes, new UnixTime(1), default));
        Wallet.Add(Prepared.Held);
    }

    public LicenceId Id { get; }

    public Wallet Wallet { get; }

    public PreparedLicence Prepared { get; }

    /// <summary>A grant to an office's bureau, on chain.</summary>
    public async Task<GrantId> GrantAsync(uint uses = 1, string? matter = null, TestOffice? office = null, params string[] attributes)
    {
        office ??= _network.Office;
        var now = TestNetwork.Now;
        var items = new[] { new GrantedLicence(Id, attributes.Length == 0 ? ["address", "name"] : attributes) };
        var terms = new GrantTerms(office.Bureau, items, matter ?? office.Matter, "", new UnixTime(1), now.Plus(3_600_000), uses);
        var grant = Wallet.Grant(_network.Chain, terms);
        await _network.MustAsync(until => _network.Factory(office.Bureau, "verify").RegisterGrant(grant.Argument, until));
        return grant.Id;
    }

    /// <summary>A request with a presentation under a grant.</summary>
    public VerificationBody Ask(GrantId? grant, params string[] attributes) => Ask(_network.Office, grant, attributes);

    /// <summary>As above at another office.</summary>
    public VerificationBody Ask(TestOffice office, GrantId? grant, params string[] attributes)
    {
        string[] asked = attributes.Length == 0 ? ["name"] : attributes;
        var terms = new PresentationTerms(Id, office.Bureau, office.Matter, ["name"], TestNetwork.Now) { Grant = grant };
        return new VerificationBody
        {
            Presentation = Convert.ToBase64String(Wallet.Present(terms).Bytes.Span),
            Officer = "Z-0042",
            Matter = office.Matter,
            Attributes = asked,
        };
    }

    /// <summary>A request without a presentation.</summary>
    public VerificationBody AskUnpresented(GrantId? grant, params string[] attributes) =>
        Ask(grant, attributes) with { Presentation = null, LicenceId = Id.Value, GrantId = grant?.ToString() };
}
