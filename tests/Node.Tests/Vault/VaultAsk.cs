using System.Security.Cryptography;
using Google.Protobuf;
using LicenceChain.Node.Tests.Api;
using LicenceChain.Node.Tests.Configuration;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Sdk.Issuing;

namespace LicenceChain.Node.Tests.Vault;

/// <summary>A request to the vault as an honest verifier makes it; a test changes one thing and sees it refused.</summary>
internal sealed class VaultAsk
{
    private readonly RunningNetwork _network;

    private VaultAsk(RunningNetwork network, PreparedLicence licence, GrantId grant, Hash256 use)
    {
        _network = network;
        Licence = licence;
        Grant = grant;
        Key = network.VerifierKey(SamplePlan.Jiangsu);
        Statement = new VaultRequestStatement
        {
            ChainId = network.Directory.Chain.Value,
            LicenceId = licence.Argument.Id,
            Requester = network.Content.Jiangsu.Value,
            Officer = "V-001",
            Matter = ChainContent.Matter,
            GrantId = ByteString.CopyFrom(grant.Value.Span),
            UseId = ByteString.CopyFrom(use.Span),
            Attributes = { "idNumber", "name" },
            TimeMs = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
            Nonce = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16)),
        };
    }

    public PreparedLicence Licence { get; }

    public GrantId Grant { get; }

    public VaultRequestStatement Statement { get; }

    public Sm2PrivateKey Key { get; set; }

    /// <summary>A licence deposited and issued, granted to Jiangsu, with one use consumed.</summary>
    public static async Task<VaultAsk> GrantedAsync(RunningNetwork network, bool deposit = true, bool consume = true, uint uses = 1, PreparedLicence? prepared = null)
    {
        var licence = prepared ?? network.Content.Prepare();
        if (deposit) await DepositAsync(network, licence);
        await network.CommitAsync(network.Content.Issuing.Issue(licence.Argument, network.Soon));
        var grant = await network.Content.GrantAsync(uses, licence);
        var use = Sm3.Hash(RandomNumberGenerator.GetBytes(32));
        if (consume) await network.Content.ConsumeAsync(grant, use, licence);
        return new VaultAsk(network, licence, grant, use);
    }

    public static async Task DepositAsync(RunningNetwork network, params PreparedLicence[] licences)
    {
        using var http = network.Http(0, Hosting.Tokens.TokenRoles.Issuer);
        var batch = new VaultDeposits();
        batch.Deposits.AddRange(licences.Select(l => l.Deposit));
        var reply = await http.ProtobufAsync(HttpMethod.Post, "v1/vault/deposits", VaultDepositReply.Parser, Rest.Message(batch));
        Assert.Equal((uint)licences.Length, reply.Stored);
    }

    public VaultRequest Sign()
    {
        var statement = Statement.ToByteString();
        Span<byte> signature = stackalloc byte[Sm2Signature.Size];
        Key.Sign(SigningContext.VaultRequest, statement.Span, signature);
        return new VaultRequest { Statement = statement, SignerKeyId = ByteString.CopyFrom(Key.PublicKey.Id.Value.Span), Signature = ByteString.CopyFrom(signature) };
    }

    /// <summary>Sends to the vault of Shanghai, which issued the licence.</summary>
    public Task<VaultReply> SendAsync() => SendAsync(Sign());

    public async Task<VaultReply> SendAsync(VaultRequest request)
    {
        using var http = _network.Http(0, Hosting.Tokens.TokenRoles.Service);
        return await http.ProtobufAsync(HttpMethod.Post, "v1/vault/releases", VaultReply.Parser, Rest.Message(request));
    }
}
