using System.Security.Cryptography;
using Google.Protobuf;
using LicenceChain.Hosting.AccessLog;
using LicenceChain.Hosting.Files;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Diagnostics;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Protocol.Vault;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Vault;

/// <summary>
/// Keeps the data of this region's licences, enciphered, and releases attributes to whom the holder granted them. Every request that a member signed
/// leaves an entry in the log, refused or not, before it is answered.
/// </summary>
internal sealed class VaultService : IAsyncDisposable
{
    /// <summary>Code of an entry that records a reading of the log.</summary>
    public const string ReadingCode = "LC-AUDIT";

    /// <summary>The vault's database within the data directory.</summary>
    public const string StoreName = "vault.db";

    private const string ReadingMatter = "audit-reading";

    private readonly KeystoreFile _keys;
    private readonly VaultStore _store;
    private readonly VaultCipher _cipher;
    private readonly AgreementIndex _agreements;
    private readonly ChainView _chain;
    private readonly DepositCheck _deposits;
    private readonly ReleaseCheck _releases;
    private readonly AnchoredLog _anchoredLog;
    private readonly CheckpointAnchor _anchor;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _keepingUp;
    private readonly NodeMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Task _inspecting;
    private volatile bool _isDamaged;

    private VaultService(KeystoreFile keys, VaultStore store, NodeConfiguration configuration, INodeQueries queries, ITransactionGate gate, NodeMetrics metrics, TimeProvider clock, ILoggerFactory logging)
    {
        var serviceKey = keys.Key(configuration.Vault.ServiceKeyName);
        (_keys, _store, _metrics, _clock, _logger) = (keys, store, metrics, clock, logging.CreateLogger<VaultService>());
        _chain = new ChainView(queries);
        Identity = VaultIdentity.Of(_chain, serviceKey.PublicKey.Id);
        _cipher = new VaultCipher(keys.Key(configuration.Vault.MasterKeyName));
        _agreements = new AgreementIndex(queries, _chain, store);
        _deposits = new DepositCheck(_chain, Identity);
        _releases = new ReleaseCheck(_chain, _agreements, configuration.Vault, clock);
        AccessLog = IndexedAccessLog.Open(new DiskLogFiles(Path.Combine(configuration.DataDirectory, "vault-log")), Identity.Origin, logging.CreateLogger<IndexedAccessLog>());
        _anchoredLog = new AnchoredLog(_chain, AccessLog, _logger);
        _anchor = new CheckpointAnchor(_chain, gate, AccessLog, _anchoredLog, serviceKey, configuration.Vault, clock, _logger);
        _keepingUp = _agreements.KeepUpAsync(clock, _stop.Token);
        _inspecting = Task.Run(() => Inspect(Path.Combine(configuration.DataDirectory, StoreName)));
    }

    /// <summary>Whose vault it is.</summary>
    public VaultIdentity Identity { get; }

    /// <summary>The vault's own log.</summary>
    public IndexedAccessLog AccessLog { get; }

    /// <summary>True once vault.db was found damaged since the start.</summary>
    public bool IsDamaged => _isDamaged;

    /// <summary>Why nothing may be added to the log, and so nothing released or shown; null while all is well.</summary>
    public Refusal? LogFault => _anchoredLog.Fault();

    /// <summary>The last checkpoint of the log that the chain holds; null before the first.</summary>
    public CheckpointRecord? Anchored => _chain.Checkpoint(AccessLog.Origin);

    /// <summary>Opens the vault over a node that runs, once the chain knows whose it is.</summary>
    public static async Task<VaultService> OpenAsync(
        NodeConfiguration configuration, INodeQueries queries, ITransactionGate gate, NodeMetrics metrics, TimeProvider clock, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        configuration.Vault.Validate();
        var keys = KeystoreFile.OpenWithPassphraseFile(configuration.KeystorePath, configuration.PassphrasePath);
        VaultStore? store = null;
        try
        {
            await VaultIdentity.AwaitAsync(queries, keys.Key(configuration.Vault.ServiceKeyName).PublicKey.Id, logging.CreateLogger<VaultService>(), cancellationToken);
            store = VaultStore.Open(Path.Combine(configuration.DataDirectory, StoreName));
            return new VaultService(keys, store, configuration, queries, gate, metrics, clock, logging);
        }
        catch
        {
            store?.Dispose();
            keys.Dispose();
            throw;
        }
    }

    /// <summary>Takes a batch whole or not at all. The same deposit again changes nothing.</summary>
    public Refusal? Deposit(VaultDeposits batch)
    {
        if (batch.Deposits.Count is 0 or > VaultLimits.MaxDeposits) return new Refusal(VaultCodes.BadBatch, $"A batch has 1 to {VaultLimits.MaxDeposits} deposits, not {batch.Deposits.Count}.");
        try
        {
            if (Keep(batch) is { } refusal) return refusal;
        }
        catch (Exception e) when (IsFault(e))
        {
            Report(e);
            return new Refusal(VaultCodes.NotKept, "The vault cannot keep the deposits: its disk is full or fails, or its file is damaged; its operator's log says which. Nothing of the batch was kept: try again once that was put right.");
        }

        _metrics.Deposited(batch.Deposits.Count);
        return null;
    }

    /// <summary>Answers a request: the granted attributes, enciphered to the requester, or why not.</summary>
    public async Task<VaultReply> ReleaseAsync(VaultRequest message, CancellationToken cancellationToken)
    {
        if (!ReleaseRequest.TryRead(message, _chain, out var request, out var unreadable)) return Answered(new VaultReply { Code = unreadable.Code, Detail = unreadable.Detail });
        if (LogFault is { } lost) return Answered(new VaultReply { Code = lost.Code, Detail = lost.Detail });
        var reply = new VaultReply();
        var (refusal, licence) = await JudgeAsync(request, reply, cancellationToken);
        if (refusal is not null) reply = new VaultReply { Code = refusal.Code, Detail = refusal.Detail };
        else reply.Code = Refusal.Ok;
        // V8 Log: the vault's half, before anything is answered.
        var index = await AccessLog.AppendAsync(RecordOf(request, licence, reply), CancellationToken.None); // a caller that left is recorded too
        reply.Receipt = AccessLog.Entry(index, index + 1);
        _anchor.Grown();
        return Answered(reply);
    }

    /// <summary>What the log holds about a licence from entry <paramref name="from"/> on, under the checkpoint on the chain; the rest is the log's word until the next one.</summary>
    public AccessTrail Trail(LicenceId licence, ulong from)
    {
        var anchored = Anchored;
        var size = Math.Min(anchored?.Size ?? 0, AccessLog.Size);
        var indices = AccessLog.ByLicence(licence.Value, from);
        var trail = new AccessTrail { Origin = AccessLog.Origin, Checkpoint = anchored };
        trail.Entries.AddRange(indices.Where(i => i < size).Select(i => AccessLog.Entry(i, size)));
        // Readings come with every look at the trail: if they counted, it would never be whole.
        trail.Unanchored = (ulong)indices.Count(i => i >= size && RecordAt(i).Code != ReadingCode);
        return trail;
    }

    /// <summary>Records who reads the log about which licence, before anything is shown.</summary>
    public async Task RecordReadingAsync(TokenClaims reader, string licence)
    {
        var record = new AccessRecord
        {
            Side = AccessSide.Vault,
            Requester = reader.Member,
            Officer = reader.Subject,
            LicenceId = licence,
            Matter = ReadingMatter,
            Decision = AccessDecision.Released,
            Code = ReadingCode,
            TimeMs = (ulong)_clock.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        await AccessLog.AppendAsync(record, CancellationToken.None);
        _anchor.Grown();
    }

    /// <summary>The record at <paramref name="index"/> of the log.</summary>
    public AccessRecord RecordAt(ulong index) => AccessRecord.Parser.ParseFrom(AccessLog.Entry(index, index + 1).Record);

    /// <summary>Anchors the log's last checkpoint, then closes and zeroes the keys.</summary>
    public async ValueTask DisposeAsync()
    {
        await _anchor.DisposeAsync();
        await _stop.CancelAsync();
        await _inspecting;
        await _keepingUp.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // where it failed, each request has caught up by itself
        _stop.Dispose();
        await AccessLog.DisposeAsync();
        _agreements.Dispose();
        _cipher.Dispose();
        _store.Dispose();
        _keys.Dispose();
    }

    private VaultReply Answered(VaultReply reply)
    {
        _metrics.Released(reply.Code);
        return reply;
    }

    private Refusal? Keep(VaultDeposits batch)
    {
        var rows = new List<VaultRow>(batch.Deposits.Count);
        foreach (var deposit in batch.Deposits)
        {
            if (!_deposits.TryCheck(deposit, out var credential, out var refusal)) return refusal;
            var licence = credential.Statement.Licence;
            if (_store.Find(licence)?.Credential == credential.Hash) continue;
            var plaintext = deposit.ToByteArray();
            try
            {
                rows.Add(_cipher.Seal(licence, credential.Hash, plaintext));
            }
            finally
            {
                CryptographicOperations.ZeroMemory(plaintext);
            }
        }

        if (rows.Count > 0) _store.Put(rows);
        return null;
    }

    // V7 Release: judged on this node's own copy of the chain. What cannot be read is no refusal of the request, and is recorded like one.
    private async Task<(Refusal? Refusal, LicenceRecord? Licence)> JudgeAsync(ReleaseRequest request, VaultReply reply, CancellationToken cancellationToken)
    {
        LicenceRecord? licence = null;
        try
        {
            (var refusal, licence) = await _releases.CheckAsync(request, cancellationToken);
            return (refusal ?? Seal(request, licence!, reply), licence);
        }
        catch (Exception e) when (IsFault(e))
        {
            Report(e);
            return (new Refusal(VaultCodes.Unreadable, "The vault cannot read what it keeps: its operator's log says why. Try again once that was put right."), licence);
        }
    }

    private void Inspect(string path)
    {
        if (VaultInspection.Run(path, _stop.Token) is { } damage) Report(new CorruptStorageException(VaultStore.Damage(path, $"{damage}.")));
    }

    private static bool IsFault(Exception e) => e is CorruptStorageException or StateDamagedException or StorageFaultException;

    private void Report(Exception fault)
    {
        if (fault is CorruptStorageException) _isDamaged = true; // a disk may have room again
        Log.VaultFailed(_logger, fault.Message);
    }

    private Refusal? Seal(ReleaseRequest request, LicenceRecord licence, VaultReply reply)
    {
        var row = _store.Find(request.Recognition.Licence);
        if (row is null || !licence.CredentialHash.Span.SequenceEqual(row.Credential.Span))
            return new Refusal(VaultCodes.NotHeld, "This vault does not hold the data of the licence as the chain names it.");
        if (!_cipher.TryOpen(row, out var plaintext)) throw new CorruptStorageException($"The row of {row.Licence} in vault.db does not open: restore vault.db, or the keystore that belongs to it.");
        Span<byte> contentKey = stackalloc byte[Sm4Gcm.KeySize];
        try
        {
            var deposit = VaultDeposit.Parser.ParseFrom(plaintext);
            if (!AttributeCommitment.TryFromDisclosures(deposit.Disclosures, out var attributes)) throw new InvalidOperationException($"The deposit of {row.Licence} was checked when it came and is not sound now.");
            if (request.Recognition.Attributes.FirstOrDefault(a => !attributes.Names.Contains(a)) is not null) return new Refusal(VaultCodes.NoSuchAttribute, "The licence has not all of the attributes asked for.");
            var released = new ReleasedAttributes { LicenceId = row.Licence.Value };
            released.Attributes.AddRange(attributes.Disclose([.. request.Recognition.Attributes]));
            RandomNumberGenerator.Fill(contentKey);
            VaultEnvelope.Seal(reply, request.Signer, request.StatementBytes.Span, released, contentKey, RandomNumberGenerator.GetBytes(Sm4Gcm.NonceSize));
            reply.Credential = deposit.Credential;
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
            CryptographicOperations.ZeroMemory(contentKey);
        }
    }

    private AccessRecord RecordOf(ReleaseRequest request, LicenceRecord? licence, VaultReply reply)
    {
        var statement = request.Statement;
        var record = new AccessRecord
        {
            Side = AccessSide.Vault,
            Requester = statement.Requester,
            Officer = statement.Officer,
            LicenceId = statement.LicenceId,
            HolderTag = licence?.HolderTag ?? ByteString.Empty,
            Matter = statement.Matter,
            GrantId = statement.GrantId,
            UseId = statement.UseId,
            Decision = reply.Code switch
            {
                Refusal.Ok => AccessDecision.Released,
                var code when VaultCodes.IsUndetermined(code) => AccessDecision.Undetermined,
                _ => AccessDecision.Refused,
            },
            Code = reply.Code,
            ResultDigest = reply.Code == Refusal.Ok ? ByteString.CopyFrom(VaultEnvelope.Digest(reply).Span) : ByteString.Empty,
            TimeMs = (ulong)_clock.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        record.Attributes.AddRange(KnownAttributes(statement.Attributes, licence));
        return record;
    }

    // Only names of the catalogue reach the log: what a requester makes up might hold anything.
    private IEnumerable<string> KnownAttributes(IEnumerable<string> asked, LicenceRecord? licence)
    {
        var type = licence is null ? null : _chain.LicenceType(licence.Type);
        return asked.Where(name => type?.Attributes.Any(a => a.Name == name) == true);
    }
}
