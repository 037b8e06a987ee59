using FsCheck;
using FsCheck.Fluent;
using LicenceChain.Hosting.Listening;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Sdk.Issuing;
using LicenceChain.Sdk.Wallets;
using LicenceChain.Verifier.Api;
using LicenceChain.Verifier.Configuration;
using LicenceChain.Verifier.Verifications;

namespace LicenceChain.Verifier.Tests.Verifications;

public sealed class RequestDecoderTests
{
    private static readonly OrganisationCode Office = OrganisationCode.Parse("11110000000021135M");

    private static readonly VerifierConfiguration Configuration = new()
    {
        Organisation = Office,
        Region = RegionCode.Parse("110000"),
        AnchorPath = "",
        KeystorePath = "",
        PassphrasePath = "",
        DataDirectory = "",
        Listen = ListenAddress.Loopback(0),
        TokenPublicKeyPaths = [],
        NodeTokenKeyPath = "",
        Nodes = [],
    };

    private readonly Wallet _wallet = Wallet.Create("holder");
    private readonly LicenceId _licence = LicenceId.Mint(Office.Value + "L01", Office, "1", 1);

    [Fact]
    public void A_sound_request_is_read_with_its_attributes_in_order_and_once()
    {
        Assert.True(VerificationRequest.TryRead(Sound() with { Attributes = ["name", "address", "name"] }, Configuration, out var request, out _));
        Assert.Equal(["address", "name"], request.Asked.Attributes);
        Assert.Equal(Office, request.Asked.Requester);
        Assert.Equal(_licence, request.Asked.Licence);
        Assert.NotNull(request.Presentation);
    }

    [Fact]
    public void The_grant_that_the_presentation_names_is_the_one_asked_under()
    {
        var grant = new GrantId(Protocol.Cryptography.Sm3.Hash("grant"u8));
        var body = Sound(grant);
        Assert.True(VerificationRequest.TryRead(body, Configuration, out var request, out _));
        Assert.Equal(grant, request.Asked.Grant);
        Assert.False(VerificationRequest.TryRead(body with { GrantId = new string('a', 64) }, Configuration, out _, out var refusal));
        Assert.Equal(VerifierCodes.BadRequest, refusal.Code);
    }

    [Fact]
    public void Hostile_texts_are_refused_or_read_and_never_crash_it() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), ArbMap.Default.ArbFor<int>(), (text, seed) =>
        {
            var random = new Random(seed);
            string? Maybe(string? sound) => random.Next(3) == 0 ? text : sound;
            var sound = Sound();
            var body = new VerificationBody
            {
                Presentation = Maybe(random.Next(2) == 0 ? sound.Presentation : Change(sound.Presentation!, random)),
                LicenceId = Maybe(random.Next(2) == 0 ? null : _licence.Value),
                Requester = Maybe(null),
                Officer = Maybe("Z-1"),
                Matter = Maybe("school-enrolment"),
                Attributes = [Maybe("name")!],
                GrantId = Maybe(null),
                Nonce = Maybe(null),
            };
            return VerificationRequest.TryRead(body, Configuration, out var request, out var refusal) ? request is not null : refusal!.Code.StartsWith("LC-", StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();

    private static string Change(string base64, Random random)
    {
        var bytes = Convert.FromBase64String(base64);
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return Convert.ToBase64String(bytes);
    }

    private VerificationBody Sound(GrantId? grant = null)
    {
        if (_wallet.Credentials.Count == 0)
        {
            using var issuer = Protocol.Cryptography.Sm2PrivateKey.Generate();
            var application = new LicenceApplication(_licence, "resident-id", _wallet.PublicKey, new Dictionary<string, string> { ["name"] = "高娟然" }, new UnixTime(1), default);
            _wallet.Add(new IssuancePreparer(ChainId.Parse("test-chain"), Office, issuer).Prepare(application).Held);
        }

        var presentation = _wallet.Present(new PresentationTerms(_licence, Office, "school-enrolment", ["name"], new UnixTime(5)) { Grant = grant });
        return new VerificationBody { Presentation = Convert.ToBase64String(presentation.Bytes.Span), Officer = "Z-1", Matter = "school-enrolment", Attributes = ["name"] };
    }
}
