using Google.Protobuf;
using LicenceChain.Cli.Tests.Commands;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Sdk.Issuing;
using LicenceChain.Sdk.Tests.Support;
using LicenceChain.Sdk.Verification;
using LicenceChain.Sdk.Wallets;

namespace LicenceChain.Cli.Tests.Verify;

/// <summary><c>verify --offline</c> over files, with a licence on a paper ledger.</summary>
public sealed class OfflineTests : IDisposable
{
    // The ledger's clock stands in 2023; proofs of any age are taken unless a test says otherwise.
    private const string AnyAge = "5256000";

    private static readonly OrganisationCode Agency = Ledger.Organisation(1);
    private static readonly LicenceId Licence = LicenceId.Mint(Agency.Value + "L01", Agency, "1", 1);

    private readonly TemporaryFolder _folder = new();
    private readonly Ledger _ledger = new();
    private readonly Wallet _wallet = Wallet.Create("holder");
    private readonly LicenceRecord _record;

    public OfflineTests()
    {
        using var issuerKey = Sm2PrivateKey.Generate();
        var application = new LicenceApplication(Licence, "resident-id", _wallet.PublicKey, new Dictionary<string, string> { ["name"] = "高娟然", ["sex"] = "女" }, new UnixTime(1_000), default);
        var prepared = new IssuancePreparer(Ledger.Chain, Agency, issuerKey).Prepare(application);
        _wallet.Add(prepared.Held);
        var argument = prepared.Argument;
        _record = new LicenceRecord
        {
            Id = argument.Id, Type = argument.Type, Issuer = Agency.Value, Region = "310000", HolderTag = argument.HolderTag, Commitment = argument.Commitment,
            CredentialHash = argument.CredentialHash, ValidFromMs = argument.ValidFromMs, Status = LicenceStatus.Valid, Version = 1,
        };
        _ledger.Put(StateKeys.Key(issuerKey.PublicKey.Id), new KeyRecord { PublicKey = ByteString.CopyFrom(issuerKey.PublicKey.Encoded), Member = Agency.Value, Holder = "P-001", Roles = { KeyRole.Issue }, Status = StandingStatus.Active, ExpiresMs = ulong.MaxValue });
    }

    public void Dispose()
    {
        _wallet.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_presentation_with_its_proof_is_valid_and_shows_what_was_disclosed()
    {
        WriteFiles();

        var run = await VerifyAsync("--json");

        Assert.Equal(0, run.Exit);
        Assert.Equal("valid", run.Json.GetProperty("result").GetProperty("verdict").GetString());
        Assert.Equal("高娟然", run.Json.GetProperty("result").GetProperty("attributes").GetProperty("name").GetString());
        Assert.False(run.Json.GetProperty("result").GetProperty("attributes").TryGetProperty("sex", out _));
    }

    [Fact]
    public async Task A_bundle_needs_no_other_file_than_the_anchor()
    {
        WriteFiles();

        var run = await CommandRun.OfAsync("verify", _folder.File("bundle.bin"), "--offline", "--anchor", _folder.File("anchor.json"), "--max-age", AnyAge);

        Assert.Equal(0, run.Exit);
        Assert.Contains("valid 有效", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_licence_is_exit_code_1_with_the_reason()
    {
        _record.Status = LicenceStatus.Revoked;
        WriteFiles();

        var run = await VerifyAsync("--json");

        Assert.Equal((int)ExitCode.Negative, run.Exit);
        Assert.Equal(VerificationCodes.Revoked, run.Json.GetProperty("result").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_proof_that_is_too_old_leaves_it_undetermined()
    {
        WriteFiles();

        var run = await VerifyAsync("--max-age", "10");

        Assert.Equal((int)ExitCode.Negative, run.Exit);
        Assert.Contains("undetermined 暂无法判定", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_anchor_within_a_bundle_is_never_trusted()
    {
        WriteFiles();
        File.WriteAllText(_folder.File("anchor.json"), JsonFormatter.Default.Format(new Ledger(TestValidators.Second).Anchor.ToMessage()));

        var run = await CommandRun.OfAsync("verify", _folder.File("bundle.bin"), "--offline", "--anchor", _folder.File("anchor.json"), "--max-age", AnyAge);

        Assert.Equal((int)ExitCode.Negative, run.Exit);
    }

    [Theory]
    [InlineData("anchor.json")]
    [InlineData("proof.bin")]
    [InlineData("shown.bin")]
    public async Task A_file_of_another_kind_is_bad_input_and_named(string file)
    {
        WriteFiles();
        File.WriteAllText(_folder.File(file), "{\"this\": \"is something else\"}");

        var run = await VerifyAsync();

        Assert.Equal((int)ExitCode.BadInput, run.Exit);
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
    }

    private void WriteFiles()
    {
        _ledger.Put(StateKeys.Licence(Licence), _record);
        _ledger.Close();
        var presentation = _wallet.Present(new PresentationTerms(Licence, Ledger.Organisation(2), "school-enrolment", ["name"], _ledger.Now));
        var proof = _ledger.Prove(ChainEvidence.KeysFor(presentation.Credential));
        var bundle = new VerificationBundle { Anchor = _ledger.Anchor.ToMessage(), Presentation = presentation.ToMessage(), Proof = proof.Message };
        File.WriteAllBytes(_folder.File("shown.bin"), presentation.Bytes.ToArray());
        File.WriteAllBytes(_folder.File("proof.bin"), proof.Message.ToByteArray());
        File.WriteAllBytes(_folder.File("bundle.bin"), bundle.ToByteArray());
        File.WriteAllText(_folder.File("anchor.json"), JsonFormatter.Default.Format(_ledger.Anchor.ToMessage()));
    }

    private Task<CommandRun> VerifyAsync(params string[] more) => CommandRun.OfAsync(
        ["verify", _folder.File("shown.bin"), "--offline", "--anchor", _folder.File("anchor.json"), "--proof", _folder.File("proof.bin"), .. more.Contains("--max-age") ? [] : new[] { "--max-age", AnyAge }, .. more]);
}
