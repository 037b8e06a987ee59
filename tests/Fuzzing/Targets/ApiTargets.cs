using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using LicenceChain.Fuzzing.Engine;
using LicenceChain.Fuzzing.Network;
using LicenceChain.Hosting.Grpc;
using LicenceChain.Protocol.Proto;
using static LicenceChain.Fuzzing.Targets.Refusing;

namespace LicenceChain.Fuzzing.Targets;

/// <summary>
/// The REST and gRPC APIs of a real node and a real Verifier on loopback. Whatever is sent, the answer is never a server's error: 5xx, gRPC INTERNAL or UNKNOWN. 503 with a
/// stable code may be true of the network and is let pass.
/// </summary>
internal sealed class ApiTargets : IDisposable
{
    private const string Chain = "/licencechain.v1.LicenceChain/";
    private const string Vault = "/licencechain.v1.Vault/";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly SampleChain _chain;
    private readonly HttpClient _node;
    private readonly HttpClient _verifier;
    private readonly HttpClient _grpc;

    public ApiTargets(SampleChain chain)
    {
        _chain = chain;
        _node = Client(chain.Directory.Regions[0].NodeRest);
        _verifier = Client(chain.Directory.Regions[1].Verifier);
        _grpc = Client(chain.Directory.Regions[0].NodeGrpc);
    }

    public IEnumerable<FuzzTarget> All()
    {
        var transaction = _chain.Blocks.SelectMany(block => block.Block.Transactions).Last();
        var shown = File.ReadAllBytes(_chain.Presentation);
        yield return Post("rest-submit-json", _node, "v1/transactions", "application/json", InputKind.Json, Bytes($$"""{"transaction":"{{Convert.ToBase64String(transaction.Bytes.Span)}}","wait":false}"""), "Node.Api.Forms.SubmitForm.TryRead");
        yield return Post("rest-submit-protobuf", _node, "v1/transactions", "application/x-protobuf", InputKind.Proto, new SubmitRequest { Transaction = ByteString.CopyFrom(transaction.Bytes.Span) }.ToByteArray());
        yield return Post("rest-submit-octets", _node, "v1/transactions", "application/octet-stream", InputKind.Proto, transaction.Bytes.ToArray());
        yield return Post("rest-proofs-json", _node, "v1/proofs", "application/json", InputKind.Json, Bytes("""{"keys":["6c00","70"]}"""), "Node.Api.Forms.ProveForm.TryRead");
        yield return Post("rest-proofs-protobuf", _node, "v1/proofs", "application/x-protobuf", InputKind.Proto, new ProveRequest { Keys = { ByteString.CopyFrom([(byte)'l', 0]) } }.ToByteArray());
        yield return Post("rest-vault-deposits", _node, "v1/vault/deposits", "application/x-protobuf", InputKind.Proto, []) with { Shape = VaultDeposits.Descriptor };
        yield return Post("rest-vault-releases", _node, "v1/vault/releases", "application/x-protobuf", InputKind.Proto, [], "Node.Vault.ReleaseRequest.TryRead") with { Shape = VaultRequest.Descriptor };
        yield return Post("rest-vault-releases-json", _node, "v1/vault/releases", "application/json", InputKind.Json, Bytes("""{"statement":"00","signerKeyId":"00","signature":"00"}"""));
        var verification = $$"""{"presentation":"{{Convert.ToBase64String(shown)}}","officer":"counter-01","matter":"food-filing","attributes":["name"],"nonce":null}""";
        yield return Post("rest-verifications", _verifier, "v1/verifications", "application/json", InputKind.Json, Bytes(verification), "Verifier.Verifications.VerificationRequest.TryRead");
        foreach (var path in (string[])["v1/blocks/1", "v1/headers?from=1&limit=5", "v1/state/licence/1.2.156", "v1/state/grant/aa", "v1/state/parameters/current", "v1/transactions/" + transaction.Id, "v1/transactions/" + transaction.Id + "/proof", "v1/vault/audit/licences/1.2", "v1/vault/log/entries/0", "v1/events?from=1&follow=false"])
            yield return Get("rest-get-" + path.Split('/', '?')[1] + "-" + path.Length, _node, path);
        foreach (var path in (string[])["v1/audit/licences/1.2.156", "v1/audit/log/checkpoint"]) yield return Get("verifier-get-" + path.Length, _verifier, path);
        yield return Grpc("Submit", new SubmitRequest { Transaction = ByteString.CopyFrom(transaction.Bytes.Span) });
        yield return Grpc("Query", new QueryRequest { Kind = "licence", Id = "1.2" });
        yield return Grpc("Prove", new ProveRequest { Keys = { ByteString.CopyFrom([(byte)'l', 0]) } });
        yield return Grpc("ProveTransaction", new ProveTransactionRequest { TransactionId = ByteString.CopyFrom(transaction.Id.Value.Span) });
        yield return Grpc("Headers", new BlocksRequest { From = 1, Limit = 2 });
        yield return Grpc("Blocks", new BlocksRequest { From = 1, Limit = 2 });
        yield return Grpc("Status", new StatusRequest());
        yield return Grpc("Release", new VaultRequest { Statement = ByteString.CopyFrom(1, 2) }, Vault);
        yield return Grpc("Deposit", new VaultDeposits(), Vault);
    }

    public void Dispose()
    {
        _node.Dispose();
        _verifier.Dispose();
        _grpc.Dispose();
    }

    private static FuzzTarget Post(string name, HttpClient client, string path, string type, InputKind kind, byte[] sample, params string[] covers) =>
        new(name, kind, sample.Length == 0 ? [] : [sample], bytes =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(bytes) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
            return Send(client, request);
        }, covers) { FixedBytes = 16 << 20, MaxInput = 32 * 1024 };

    // The input is the path and query, as a client that escapes what it must would send it.
    private static FuzzTarget Get(string name, HttpClient client, string path) =>
        new(name, InputKind.Text, [Bytes(path)], bytes =>
        {
            var text = string.Concat(Refusing.Text(bytes).Select(c => char.IsAscii(c) && !char.IsControl(c) && c is not (' ' or '#' or '"' or '<' or '>' or '\\') ? c.ToString() : Uri.EscapeDataString(char.IsSurrogate(c) ? "\uFFFD" : c.ToString())));
            if (!Uri.TryCreate(client.BaseAddress, "/" + text.TrimStart('/'), out var uri) || uri.Host != client.BaseAddress!.Host) return false;
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            return Send(client, request);
        }) { FixedBytes = 16 << 20, MaxInput = 4_000 };

    // Frames of gRPC with a body that is damaged inside the frame, so that it reaches the parser and the method.
    private FuzzTarget Grpc(string method, IMessage sample, string service = Chain) =>
        new($"grpc-{method}", InputKind.Proto, [sample.ToByteArray()], bytes =>
        {
            var frame = new byte[5 + bytes.Length];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)bytes.Length);
            bytes.CopyTo(frame, 5);
            using var request = new HttpRequestMessage(HttpMethod.Post, service + method) { Content = new ByteArrayContent(frame), Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
            request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
            request.Headers.Add("grpc-timeout", "1S"); // a stream that follows has no other end
            return SendGrpc(request);
        }) { Shape = sample.Descriptor, FixedBytes = 16 << 20, MaxInput = 32 * 1024 };

    private static bool Send(HttpClient client, HttpRequestMessage request)
    {
        using var late = new CancellationTokenSource(Patience);
        using var response = client.Send(request, HttpCompletionOption.ResponseHeadersRead, late.Token);
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream") return response.IsSuccessStatusCode; // it may have no end
        using var stream = response.Content.ReadAsStream();
        using var body = new StreamReader(stream);
        var text = body.ReadToEnd();
        var isHonest = response.StatusCode == HttpStatusCode.ServiceUnavailable && text.Contains("LC-", StringComparison.Ordinal);
        return (int)response.StatusCode < 500 || isHonest ? response.IsSuccessStatusCode : throw new FuzzViolation($"answered {(int)response.StatusCode}: {text[..int.Min(200, text.Length)]}");
    }

    private bool SendGrpc(HttpRequestMessage request)
    {
        using var response = _grpc.SendAsync(request).GetAwaiter().GetResult();
        response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
        var status = response.TrailingHeaders.TryGetValues("grpc-status", out var trailing) || response.Headers.TryGetValues("grpc-status", out trailing) ? int.Parse(trailing.First(), System.Globalization.CultureInfo.InvariantCulture) : -1;
        if ((int)response.StatusCode >= 500 || status is -1 or (int)GrpcStatus.Internal or (int)GrpcStatus.Unknown) throw new FuzzViolation($"answered HTTP {(int)response.StatusCode}, gRPC {status}");
        return status == 0;
    }

    private HttpClient Client(Uri address)
    {
        var client = new HttpClient { BaseAddress = address, Timeout = Patience };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _chain.Token);
        return client;
    }
}
