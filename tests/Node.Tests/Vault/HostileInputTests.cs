using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using LicenceChain.Node.Tests.Api;
using LicenceChain.Node.Tests.Configuration;
using LicenceChain.Node.Vault;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Tests.Vault;

[Collection(RunningNetwork.Name)]
public sealed class HostileInputTests(RunningNetwork network)
{
    private const int MaxBytes = 64 * 1024;
    private const int Runs = 500;

    private ChainView Chain => new(network.Node(0).Node.Queries);

    [Fact]
    public async Task Request_with_any_byte_changed_is_refused()
    {
        var ask = await VaultAsk.GrantedAsync(network, deposit: false, consume: false);
        var bytes = ask.Sign().ToByteArray();
        Assert.True(ReleaseRequest.TryRead(VaultRequest.Parser.ParseFrom(bytes), Chain, out _, out _));

        Prop.ForAll(Changes(bytes), changed =>
            !CanonicalProto.TryParse(VaultRequest.Parser, changed, MaxBytes, out var message)
            || (!ReleaseRequest.TryRead(message, Chain, out _, out var refusal) && refusal.Code.StartsWith("LC-VLT-", StringComparison.Ordinal))).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));
    }

    [Fact]
    public void Deposit_with_any_byte_changed_is_refused()
    {
        var identity = VaultIdentity.Of(Chain, network.VerifierKey(SamplePlan.Shanghai).PublicKey.Id); // the same member's
        var check = new DepositCheck(Chain, identity);
        var bytes = network.Content.Prepare().Deposit.ToByteArray();
        Assert.True(check.TryCheck(VaultDeposit.Parser.ParseFrom(bytes), out _, out _));

        Prop.ForAll(Changes(bytes), changed =>
            !CanonicalProto.TryParse(VaultDeposit.Parser, changed, MaxBytes, out var message)
            || (!check.TryCheck(message, out _, out var refusal) && refusal.Code.StartsWith("LC-VLT-", StringComparison.Ordinal))).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));
    }

    [Fact]
    public void Bytes_of_no_form_are_refused() => Prop.ForAll<byte[], byte[], byte[]>((statement, key, signature) =>
        !ReleaseRequest.TryRead(
            new VaultRequest { Statement = ByteString.CopyFrom(statement ?? []), SignerKeyId = ByteString.CopyFrom(key ?? []), Signature = ByteString.CopyFrom(signature ?? []) }, Chain, out _, out var refusal)
        && refusal.Code == VaultCodes.Malformed).QuickCheckThrowOnFailure();

    private static Arbitrary<byte[]> Changes(byte[] bytes) => Gen.Choose(0, bytes.Length - 1).SelectMany(at => Gen.Choose(1, 255).Select(flip =>
    {
        byte[] changed = [.. bytes];
        changed[at] ^= (byte)flip;
        return changed;
    })).ToArbitrary();
}
