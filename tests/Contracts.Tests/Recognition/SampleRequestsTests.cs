using System.Text.Json;
using Google.Protobuf;
using LicenceChain.Contracts.Recognition;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Contracts.Tests.Recognition;

/// <summary>Every row of network-config/samples/requests.csv, with facts as its scenario makes them, is decided for its own reason.</summary>
public sealed class SampleRequestsTests
{
    // A changed credential is no matter of recognition: presentations are verified before.
    private const string Elsewhere = "tampered";

    private static readonly UnixTime Now = new(TestGenesis.TimeMs + (300 * Samples.DayMs));
    private static readonly GrantId Grant = new(Sm3.Hash("grant"u8));
    private static readonly Dictionary<string, MatterRecord> Matters = ReadMatters();
    private static readonly AgreementRecord Agreement = ReadAgreement();

    [Fact]
    public void Each_sample_request_gets_its_own_reason()
    {
        var rows = File.ReadLines(Path.Combine(Folder(), "requests.csv")).Skip(1).Select(line => line.Split(',')).Where(row => row[9] != Elsewhere).ToArray();
        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            var decision = Decide(row);
            Assert.Equal(row[9] == "granted" ? "recognised" : row[9], decision.Reason);
            Assert.Equal(row[10] == "recognised", decision.IsRecognised);
        });
    }

    private static RecognitionDecision Decide(string[] row)
    {
        var (region, matter, type, issuerRegion, attributes, scenario) = (row[2], row[4], row[6], row[7], row[8].Split(';').Order(StringComparer.Ordinal).ToArray(), row[9]);
        var requester = Cast.Code(RegionCode.Parse(region), 1);
        var licence = LicenceId.Mint(Samples.ResidentIdTypeCode, Cast.JiangsuPolice, row[5], 1);
        var message = new RecognitionRequestMessage
        {
            Requester = requester.Value, Region = region, Matter = matter, LicenceId = licence.Value, Attributes = { attributes }, GrantId = ByteString.CopyFrom(Grant.Value.Span),
        };
        Assert.True(RecognitionRequest.TryFrom(message, out var request, out _));
        return Recogniser.Recognise(
            new RecognitionFacts
            {
                Requester = scenario == "requester-not-a-member" ? null : TestGenesis.Member(requester, RegionCode.Parse(region), MemberRole.Verifier),
                Licence = scenario == "unknown-licence" ? null : Licence(licence, type, issuerRegion, scenario),
                Agreements = [Agreement],
                Matter = Matters[matter],
                Grant = scenario == "no-grant" ? null : GrantFor(requester, licence, matter, attributes, scenario),
            },
            request,
            Now);
    }

    private static LicenceRecord Licence(LicenceId id, string type, string region, string scenario) => new()
    {
        Id = id.Value,
        Type = type,
        Region = region,
        HolderTag = Samples.Tag(Cast.Holder),
        ValidFromMs = TestGenesis.TimeMs,
        ValidUntilMs = scenario == "licence-expired" ? Now.Milliseconds : 0,
        Status = scenario switch { "licence-revoked" => LicenceStatus.Revoked, "licence-suspended" => LicenceStatus.Suspended, _ => LicenceStatus.Valid },
    };

    private static GrantRecord GrantFor(OrganisationCode grantee, LicenceId licence, string matter, string[] attributes, string scenario) => new()
    {
        Id = ByteString.CopyFrom(Grant.Value.Span),
        Grantee = grantee.Value,
        Items = { new GrantItem { LicenceId = licence.Value, Attributes = { scenario == "attribute-not-granted" ? attributes[..^1] : attributes } } },
        Matter = scenario == "wrong-matter" ? "another-matter" : matter,
        FromMs = TestGenesis.TimeMs,
        UntilMs = scenario == "grant-expired" ? Now.Milliseconds : Now.Milliseconds + Samples.DayMs,
        Uses = 1,
        Used = scenario == "grant-used-up" ? 1u : 0u,
        Status = scenario == "grant-revoked" ? GrantStatus.Revoked : GrantStatus.Active,
        HolderTag = Samples.Tag(Cast.Holder),
    };

    private static Dictionary<string, MatterRecord> ReadMatters()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), "matters.json")));
        return document.RootElement.EnumerateArray().Select(Matter).ToDictionary(m => m.Code);
    }

    private static MatterRecord Matter(JsonElement matter) => new()
    {
        Code = matter.GetProperty("code").GetString(),
        Name = matter.GetProperty("name").GetString(),
        Region = matter.GetProperty("region").GetString(),
        Needs = { matter.GetProperty("needs").EnumerateObject().Select(n => new MatterNeed { LicenceType = n.Name, Attributes = { Strings(n.Value) } }) },
        Version = 1,
    };

    private static AgreementRecord ReadAgreement()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), "agreement.json")));
        var root = document.RootElement;
        var agreement = new AgreementDocument
        {
            Name = root.GetProperty("name").GetString(),
            Title = root.GetProperty("title").GetString(),
            Regions = { Strings(root.GetProperty("regions")) },
            LicenceTypes = { Strings(root.GetProperty("types")) },
            SinceMs = TestGenesis.TimeMs,
            Version = 1,
        };
        return new AgreementRecord { Document = agreement, InForceSinceMs = TestGenesis.TimeMs };
    }

    private static IEnumerable<string> Strings(JsonElement array) => array.EnumerateArray().Select(e => e.GetString()!).Order(StringComparer.Ordinal);

    private static string Folder() => Path.Combine(Repository.Root(), "network-config", "samples");
}
