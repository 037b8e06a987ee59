using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Sdk.Verification;

namespace LicenceChain.Sdk.Client;

/// <summary>
/// One node's API (docs/reference/api.md). What it returns is that node's word; <see cref="LightClient"/> and <see cref="ProveAsync"/> turn it
/// into what the validators certified. Safe for concurrent use.
/// </summary>
public sealed class LicenceChainClient : IDisposable
{
    // A transaction that the node had before is refused at once; what becomes of it has to be asked for.
    private static readonly TimeSpan ReceiptPause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http;
    private readonly bool _ownsHttp;
    private readonly RestTransport _transport;
    private readonly LicenceChainClientOptions _options;

    /// <summary>A client of the node whose REST port is at <paramref name="address"/>, for example <c>http://127.0.0.1:7101/</c>.</summary>
    public LicenceChainClient(Uri address, LicenceChainClientOptions? options = null)
        : this(NewHttp(address), options) => _ownsHttp = true;

    /// <summary>A client over the caller's <paramref name="http"/>, whose base address is the node's; the caller keeps and disposes it.</summary>
    public LicenceChainClient(HttpClient http, LicenceChainClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        _http = http;
        _options = options ?? new LicenceChainClientOptions();
        _options.Check();
        _transport = new RestTransport(http, _options);
    }

    /// <summary>
    /// Hands in a transaction; with <paramref name="wait"/> the result comes when a block holds it. A lost answer is repaired by handing it in again:
    /// the id stays the same, so it counts once. A refusal is a result.
    /// </summary>
    /// <exception cref="LicenceChainException">No answer, no right to ask, or an answer that is none.</exception>
    public async Task<SubmitResult> SubmitAsync(SignedTransaction transaction, bool wait = true, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var request = new SubmitRequest { Transaction = UnsafeByteOperations.UnsafeWrap(transaction.Bytes), Wait = wait };
        var result = await SubmitOnceAsync(transaction.Id, request, cancellation);
        if (result.Code is not (TransactionCodes.Replayed or TransactionCodes.AlreadyPending) || result.Receipt is not null) return result;
        return await FindReceiptAsync(transaction.Id, result, wait, cancellation); // it was here before: the answer is the one it got then
    }

    /// <summary>What became of a transaction; null when this node never saw it.</summary>
    public async Task<SubmitResult?> GetTransactionAsync(TransactionId id, CancellationToken cancellation = default) =>
        await _transport.GetAsync($"v1/transactions/{id}", SubmitReply.Parser, cancellation) is { } reply ? SubmitResult.From(id, reply) : null;

    /// <summary>The proof that a committed transaction stands in its block, with its receipt; null when it is not committed.</summary>
    public async Task<LicenceProof?> GetTransactionProofAsync(TransactionId id, CancellationToken cancellation = default) =>
        await _transport.GetAsync($"v1/transactions/{id}/proof", LicenceProofMessage.Parser, cancellation) is { } message ? ToProof(message) : null;

    /// <summary>Proves 1 to 64 keys under one header: for each its value, or that it is absent. Not yet verified.</summary>
    public async Task<LicenceProof> ProveAsync(IReadOnlyList<StateKey> keys, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentOutOfRangeException.ThrowIfZero(keys.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keys.Count, ProtocolLimits.MaxProofKeys);
        var request = new ProveRequest();
        request.Keys.AddRange(keys.Select(key => ByteString.CopyFrom(key.Span)));
        return ToProof(await _transport.PostAsync("v1/proofs", request, LicenceProofMessage.Parser, repeatable: true, cancellation));
    }

    /// <summary>Where the node stands.</summary>
    public async Task<StatusReply> GetStatusAsync(CancellationToken cancellation = default) =>
        await _transport.GetAsync("v1/status", StatusReply.Parser, cancellation) ?? throw NotServed("v1/status");

    /// <summary>
    /// C-ALARM: why the node does not vote, and the last words of each of its peers about themselves. Nothing of it is verified here:
    /// <see cref="Protocol.Standings.SignedStanding"/> does that.
    /// </summary>
    public async Task<WhyReply> GetWhyAsync(CancellationToken cancellation = default) =>
        await _transport.GetAsync("v1/why", WhyReply.Parser, cancellation) ?? throw NotServed("v1/why");

    /// <summary>The genesis anchor as this node tells it. Trust it only when it came from somewhere you trust.</summary>
    public async Task<TrustAnchor> GetAnchorAsync(CancellationToken cancellation = default) =>
        TrustAnchor.TryFrom(await _transport.GetAsync("v1/anchor", TrustAnchorMessage.Parser, cancellation), out var anchor)
            ? anchor
            : throw new LicenceChainException(SdkCodes.BadAnswer, "The anchor is malformed.");

    /// <summary>Up to <paramref name="limit"/> (1 to 1000) headers from a height on; fewer at the head. Not yet verified.</summary>
    public async Task<IReadOnlyList<CertifiedHeader>> GetHeadersAsync(Height from, int limit, CancellationToken cancellation = default) =>
        await _transport.GetAsync($"v1/headers?from={from}&limit={limit}", bytes => HeaderPage.Parse(bytes, limit), cancellation) ?? [];

    /// <summary>A block with its certificate and receipts; null above the head.</summary>
    public async Task<CommittedBlock?> GetBlockAsync(Height height, CancellationToken cancellation = default)
    {
        var message = await _transport.GetAsync($"v1/blocks/{height}", CommittedBlockMessage.Parser, cancellation);
        if (message is null) return null;
        return CommittedBlock.TryParse(message.ToByteArray(), out var block) && block.Block.Header.Height == height
            ? block
            : throw new LicenceChainException(SdkCodes.BadAnswer, "The block is malformed.");
    }

    /// <summary>Events of the given types (none: all) from a height on, and on as they come when <paramref name="follow"/>; survives lost connections.</summary>
    public IAsyncEnumerable<ChainEvent> FollowEventsAsync(Height from, IReadOnlyList<string>? types = null, bool follow = true, CancellationToken cancellation = default) =>
        new EventStream(_transport, types ?? []).FollowAsync(from, null, follow, cancellation);

    /// <summary>As <see cref="FollowEventsAsync"/>, beginning with the first event after <paramref name="last"/>.</summary>
    public IAsyncEnumerable<ChainEvent> ResumeEventsAsync(EventCursor last, IReadOnlyList<string>? types = null, bool follow = true, CancellationToken cancellation = default) =>
        new EventStream(_transport, types ?? []).FollowAsync(new Height(last.Height), last, follow, cancellation);

    /// <summary>A member's record; null when there is none.</summary>
    public Task<StateEntry<MemberRecord>?> GetMemberAsync(OrganisationCode member, CancellationToken cancellation = default) =>
        GetStateAsync("member", member.Value, MemberRecord.Parser, cancellation);

    /// <summary>A key's record; null when there is none.</summary>
    public Task<StateEntry<KeyRecord>?> GetKeyAsync(KeyId key, CancellationToken cancellation = default) =>
        GetStateAsync("key", key.ToString(), KeyRecord.Parser, cancellation);

    /// <summary>A licence type of the catalogue; null when there is none.</summary>
    public Task<StateEntry<LicenceTypeRecord>?> GetLicenceTypeAsync(string code, CancellationToken cancellation = default) =>
        GetStateAsync("licence-type", code, LicenceTypeRecord.Parser, cancellation);

    /// <summary>A licence's record; null when it was never issued.</summary>
    public Task<StateEntry<LicenceRecord>?> GetLicenceAsync(LicenceId licence, CancellationToken cancellation = default) =>
        GetStateAsync("licence", licence.Value, LicenceRecord.Parser, cancellation);

    /// <summary>A grant; null when it was never registered.</summary>
    public Task<StateEntry<GrantRecord>?> GetGrantAsync(GrantId grant, CancellationToken cancellation = default) =>
        GetStateAsync("grant", grant.ToString(), GrantRecord.Parser, cancellation);

    /// <summary>One use of a grant; null when it was never made.</summary>
    public Task<StateEntry<GrantUseRecord>?> GetGrantUseAsync(GrantId grant, Hash256 use, CancellationToken cancellation = default) =>
        GetStateAsync("grant-use", $"{grant}.{use}", GrantUseRecord.Parser, cancellation);

    /// <summary>A matter; null when there is none.</summary>
    public Task<StateEntry<MatterRecord>?> GetMatterAsync(string code, CancellationToken cancellation = default) =>
        GetStateAsync("matter", code, MatterRecord.Parser, cancellation);

    /// <summary>A recognition agreement; null when there is none.</summary>
    public Task<StateEntry<AgreementRecord>?> GetAgreementAsync(string name, CancellationToken cancellation = default) =>
        GetStateAsync("agreement", name, AgreementRecord.Parser, cancellation);

    /// <summary>The last anchored checkpoint of an access log; null when there is none.</summary>
    public Task<StateEntry<CheckpointRecord>?> GetCheckpointAsync(string origin, CancellationToken cancellation = default) =>
        GetStateAsync("checkpoint", origin, CheckpointRecord.Parser, cancellation);

    /// <summary>The chain's parameters.</summary>
    public async Task<StateEntry<ParametersRecord>> GetParametersAsync(CancellationToken cancellation = default) =>
        await GetStateAsync("parameters", "current", ParametersRecord.Parser, cancellation) ?? throw NotServed("parameters");

    /// <summary>The validators that decide the next height.</summary>
    public async Task<StateEntry<ValidatorSetMessage>> GetValidatorsAsync(CancellationToken cancellation = default) =>
        await GetStateAsync("validators", "current", ValidatorSetMessage.Parser, cancellation) ?? throw NotServed("validators");

    /// <summary>A proposal to governance by the SM3 of its document; null when it was never made.</summary>
    public Task<StateEntry<ProposalRecord>?> GetProposalAsync(Hash256 id, CancellationToken cancellation = default) =>
        GetStateAsync("proposal", id.ToString(), ProposalRecord.Parser, cancellation);

    /// <summary>The proposals that may still be approved, and perhaps some that have expired; null before the first.</summary>
    public Task<StateEntry<OpenProposalsRecord>?> GetOpenProposalsAsync(CancellationToken cancellation = default) =>
        GetStateAsync("proposals", "current", OpenProposalsRecord.Parser, cancellation);

    /// <summary>The nodes that governance listed; null before the first.</summary>
    public Task<StateEntry<NodesRecord>?> GetNodesAsync(CancellationToken cancellation = default) =>
        GetStateAsync("nodes", "current", NodesRecord.Parser, cancellation);

    /// <summary>A member's last attestation of a rehearsal; null when it made none.</summary>
    public Task<StateEntry<AttestationRecord>?> GetAttestationAsync(OrganisationCode member, CancellationToken cancellation = default) =>
        GetStateAsync("attestation", member.Value, AttestationRecord.Parser, cancellation);

    /// <summary>The upgrade that is scheduled or was the last; null before the first.</summary>
    public Task<StateEntry<UpgradeRecord>?> GetUpgradeAsync(CancellationToken cancellation = default) =>
        GetStateAsync("upgrade", "current", UpgradeRecord.Parser, cancellation);

    /// <summary>A height that a transaction signed now may name as its last: half of the chain's validity window ahead of the head.</summary>
    public async Task<Height> GetValidUntilAsync(CancellationToken cancellation = default)
    {
        var parameters = await GetParametersAsync(cancellation);
        return new Height(parameters.Height.Value + 1 + (parameters.Record.ValidityWindow / 2));
    }

    /// <summary>Deposits licence data with this node's vault. Sending the same deposit again changes nothing.</summary>
    public Task<VaultDepositReply> DepositAsync(VaultDeposits deposits, CancellationToken cancellation = default) =>
        _transport.PostAsync("v1/vault/deposits", deposits, VaultDepositReply.Parser, repeatable: true, cancellation);

    /// <summary>Asks this node's vault for a licence's attributes. Sent once: a request releases data once.</summary>
    public Task<VaultReply> ReleaseAsync(VaultRequest request, CancellationToken cancellation = default) =>
        _transport.PostAsync("v1/vault/releases", request, VaultReply.Parser, repeatable: false, cancellation);

    /// <summary>What this node's vault log holds about a licence; null when the node keeps none.</summary>
    public Task<AccessTrail?> GetVaultTrailAsync(LicenceId licence, CancellationToken cancellation = default) =>
        _transport.GetAsync($"v1/vault/audit/licences/{licence}", AccessTrail.Parser, cancellation);

    /// <inheritdoc />
    public void Dispose()
    {
        if (_ownsHttp) _http.Dispose();
    }

    private async Task<SubmitResult> SubmitOnceAsync(TransactionId id, SubmitRequest request, CancellationToken cancellation)
    {
        try
        {
            var reply = await _transport.PostAsync("v1/transactions", request, SubmitReply.Parser, repeatable: true, cancellation);
            return SubmitResult.From(id, reply);
        }
        catch (LicenceChainException refused) when (refused.Code.StartsWith("LC-TX-", StringComparison.Ordinal))
        {
            return new SubmitResult(id, refused.Code, refused.Message, null, 0, null);
        }
    }

    private async Task<SubmitResult> FindReceiptAsync(TransactionId id, SubmitResult refusal, bool wait, CancellationToken cancellation)
    {
        var since = _options.Time.GetTimestamp();
        while (true)
        {
            if (await GetTransactionAsync(id, cancellation) is { IsPending: false } found) return found;
            if (refusal.Code == TransactionCodes.Replayed) return refusal; // the node remembers the id but no longer its receipt
            if (!wait) return refusal with { Code = SubmitResult.Pending };
            if (_options.Time.GetElapsedTime(since) > _options.Timeout)
                throw new LicenceChainException(SdkCodes.Unreachable, $"Transaction {id} was in no block within {_options.Timeout}.");
            await Task.Delay(ReceiptPause, _options.Time, cancellation);
        }
    }

    private async Task<StateEntry<T>?> GetStateAsync<T>(string kind, string id, MessageParser<T> parser, CancellationToken cancellation)
        where T : class, IMessage<T>
    {
        var reply = await _transport.GetAsync($"v1/state/{kind}/{Uri.EscapeDataString(id)}", QueryReply.Parser, cancellation);
        if (reply is not { Found: true }) return null;
        return CanonicalProto.TryParse(parser, reply.Value.Span, ProtocolLimits.MaxStateValueBytes, out var record)
            ? new StateEntry<T>(new Height(reply.Height), record)
            : throw new LicenceChainException(SdkCodes.BadAnswer, $"The {kind} record is malformed.");
    }

    private static LicenceProof ToProof(LicenceProofMessage message) =>
        LicenceProof.TryFrom(message, out var proof) ? proof : throw new LicenceChainException(SdkCodes.BadAnswer, "The proof is malformed.");

    private static LicenceChainException NotServed(string path) => new(SdkCodes.BadAnswer, $"The node serves no {path}.");

    private static HttpClient NewHttp(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(10), MaxConnectionsPerServer = 256, AllowAutoRedirect = false };
        return new HttpClient(handler) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan }; // the transport bounds each call
    }
}
