using System.Text.Json;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Load.Network;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Sdk.Client;
using LicenceChain.Sdk.Issuing;

namespace LicenceChain.Interop;

/// <summary>npm's @grpc/grpc-js, with nothing but our published schema, against real validator processes.</summary>
public sealed class GrpcJsTests : IAsyncLifetime
{
    private const int Validators = 4;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private ProcessNetwork _network = null!;

    public async Task InitializeAsync()
    {
        _network = ProcessNetwork.Start(Validators, agencies: 1);
        for (var i = 0; i < Validators; i++) await _network.WhenReadyAsync(i, StartLimit, CancellationToken.None);
    }

    public Task DisposeAsync()
    {
        _network.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Grpc_js_submits_queries_and_streams()
    {
        var submitted = await RunAsync(0, "submit", Convert.ToBase64String((await RegisterTypeAsync("first")).Bytes.Span));
        Assert.Equal("OK", submitted[0].GetProperty("code").GetString());
        Assert.True(submitted[0].GetProperty("height").GetInt64() > 0);

        var found = await RunAsync(1, "query", "licence-type", "first");
        Assert.True(found[0].GetProperty("found").GetBoolean());
        Assert.Equal("first", LicenceTypeRecord.Parser.ParseFrom(found[0].GetProperty("value").GetBytesFromBase64()).Code);

        var replies = await RunAsync(2, ["stream", Convert.ToBase64String((await RegisterTypeAsync("second")).Bytes.Span), Convert.ToBase64String((await RegisterTypeAsync("third")).Bytes.Span)]);
        Assert.Equal(["OK", "OK"], replies.Select(reply => reply.GetProperty("code").GetString()));

        var events = await RunAsync(3, "events", "0", "3");
        Assert.Equal(["first", "second", "third"], events.Select(entry => entry.GetProperty("event").GetProperty("subject").GetString()).Order());
    }

    [Fact]
    public async Task Grpc_js_is_told_why_with_standard_status_codes()
    {
        const int unauthenticated = 16;
        var (exitCode, output) = await Tool.NodeAsync("grpc-client.mjs", Address(0), "-", "query", "licence-type", "any");
        Assert.Equal(1, exitCode);
        Assert.Equal(unauthenticated, JsonDocument.Parse(output).RootElement.GetProperty("code").GetInt32());

        var refused = await RunAsync(0, "submit", Convert.ToBase64String("rubbish"u8));
        Assert.Equal(TransactionCodes.Malformed, refused[0].GetProperty("code").GetString());
    }

    private async Task<SignedTransaction> RegisterTypeAsync(string code)
    {
        var bureau = _network.Directory.Regions[0].Bureau;
        using LicenceChainClient client = _network.Client(0);
        using var govern = _network.OfficerKey(bureau, "govern");
        var type = new LicenceTypeRecord
        {
            Code = code,
            TypeCode = bureau.Value + "L0" + code.Length,
            Name = "互通测试证照",
            EnglishName = "interop test licence",
            Holder = HolderKind.Person,
            Department = "test",
            Sensitivity = 1,
            Version = 1,
            Attributes = { new AttributeDefinition { Name = "name", Sensitivity = 1 } },
        };
        return new TransactionFactory(_network.Directory.Chain, govern).RegisterLicenceType(type, await client.GetValidUntilAsync());
    }

    private async Task<List<JsonElement>> RunAsync(int validator, params string[] arguments)
    {
        var token = _network.Token(_network.Directory.Regions[validator].Bureau, TokenRoles.Governor, TokenRoles.Issuer, TokenRoles.Auditor);
        var (exitCode, output) = await Tool.NodeAsync("grpc-client.mjs", [Address(validator), token, .. arguments]);
        Assert.True(exitCode == 0, output);
        return [.. output.Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private string Address(int validator) => $"127.0.0.1:{_network.Directory.Regions[validator].Ports.Grpc}";
}
