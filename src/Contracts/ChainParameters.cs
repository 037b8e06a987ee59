using System.Diagnostics.CodeAnalysis;
using LicenceChain.Contracts.Execution;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Contracts;

/// <summary>The consensus parameters that stand on the chain, each within its bounds.</summary>
public sealed record ChainParameters
{
    /// <summary>Smallest allowed block: a few transactions fit.</summary>
    public const int LeastBlockBytes = 64 * 1024;

    /// <summary>Smallest allowed limit for one transaction: a single licence or grant fits.</summary>
    public const int LeastTransactionBytes = 4 * 1024;

    /// <summary>Shortest window: a client needs a few blocks to be heard.</summary>
    public const int LeastValidityWindow = 10;

    /// <summary>Longest window: every transaction id is remembered that long, about a day and more of two-second blocks.</summary>
    public const int MostValidityWindow = 100_000;

    /// <summary>Shortest T0: below it a loopback network changes rounds for nothing.</summary>
    public const int LeastRoundTimeoutMs = 50;

    /// <summary>Longest T0: C-TIMER's own ceiling.</summary>
    public const int MostRoundTimeoutMs = 60_000;

    /// <summary>Shortest heartbeat.</summary>
    public const int LeastHeartbeatMs = 100;

    /// <summary>Longest heartbeat: an hour, beyond which proofs of freshness mean little.</summary>
    public const int MostHeartbeatMs = 3_600_000;

    /// <summary>Smallest allowed drift.</summary>
    public const int LeastDriftMs = 100;

    /// <summary>Largest allowed drift: a minute decides no licence.</summary>
    public const int MostDriftMs = 60_000;

    private ChainParameters()
    {
    }

    /// <summary>What a network starts with unless it says otherwise.</summary>
    public static ChainParameters Default { get; } = new()
    {
        MaxBlockBytes = 2 * 1024 * 1024,
        MaxBlockTransactions = 4_000,
        MaxTransactionBytes = 256 * 1024,
        ValidityWindow = 1_000,
        RoundTimeoutMs = 2_000,
        HeartbeatMs = 60_000,
        DriftMs = 10_000,
    };

    /// <summary>Bytes of a block; 64 KiB to 3 MiB, and no less than <see cref="MaxTransactionBytes"/>.</summary>
    public int MaxBlockBytes { get; private init; }

    /// <summary>Transactions in a block; 1 to 12,000.</summary>
    public int MaxBlockTransactions { get; private init; }

    /// <summary>Bytes of a transaction; 4 KiB to 256 KiB.</summary>
    public int MaxTransactionBytes { get; private init; }

    /// <summary>Heights that a transaction's last height may lie ahead; 10 to 100,000.</summary>
    public uint ValidityWindow { get; private init; }

    /// <summary>C-TIMER: T0 in milliseconds; 50 to 60,000.</summary>
    public uint RoundTimeoutMs { get; private init; }

    /// <summary>C-TIMER: milliseconds after which an empty block is due; 100 to 3,600,000.</summary>
    public uint HeartbeatMs { get; private init; }

    /// <summary>C-FRESH: milliseconds that block time may differ from the local clock; 100 to 60,000.</summary>
    public uint DriftMs { get; private init; }

    /// <summary>The parameters of a chain's state; throws <see cref="InvalidOperationException"/> where it holds none: it is not a chain's state.</summary>
    public static ChainParameters Read(IStateReader state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!state.TryGet(StateKeys.Parameters, out var bytes)) throw Stored.Broken("no parameters");
        return TryFrom(Stored.Parse(ParametersRecord.Parser, bytes), out var parameters, out var error) ? parameters : throw Stored.Broken(error);
    }

    /// <summary>Takes a record that somebody sent; false, naming the field and its bounds, where one is out of them.</summary>
    public static bool TryFrom(ParametersRecord? record, [NotNullWhen(true)] out ChainParameters? parameters, [NotNullWhen(false)] out string? error)
    {
        parameters = null;
        error = record is null ? "parameters are missing" : FirstOutOfBounds(record);
        if (error is not null) return false;
        parameters = new ChainParameters
        {
            MaxBlockBytes = (int)record!.MaxBlockBytes,
            MaxBlockTransactions = (int)record.MaxBlockTransactions,
            MaxTransactionBytes = (int)record.MaxTransactionBytes,
            ValidityWindow = record.ValidityWindow,
            RoundTimeoutMs = record.RoundTimeoutMs,
            HeartbeatMs = record.HeartbeatMs,
            DriftMs = record.DriftMs,
        };
        return true;
    }

    /// <summary>The record as it stands in the state.</summary>
    public ParametersRecord ToRecord() => new()
    {
        MaxBlockBytes = (uint)MaxBlockBytes,
        MaxBlockTransactions = (uint)MaxBlockTransactions,
        MaxTransactionBytes = (uint)MaxTransactionBytes,
        ValidityWindow = ValidityWindow,
        RoundTimeoutMs = RoundTimeoutMs,
        HeartbeatMs = HeartbeatMs,
        DriftMs = DriftMs,
    };

    private static string? FirstOutOfBounds(ParametersRecord record) =>
        OutOfBounds("max_block_bytes", record.MaxBlockBytes, LeastBlockBytes, ProtocolLimits.MaxBlockBytes)
        ?? OutOfBounds("max_block_transactions", record.MaxBlockTransactions, 1, ProtocolLimits.MaxBlockTransactions)
        ?? OutOfBounds("max_transaction_bytes", record.MaxTransactionBytes, LeastTransactionBytes, ProtocolLimits.MaxTransactionBytes)
        ?? OutOfBounds("max_block_bytes", record.MaxBlockBytes, record.MaxTransactionBytes, ProtocolLimits.MaxBlockBytes)
        ?? OutOfBounds("validity_window", record.ValidityWindow, LeastValidityWindow, MostValidityWindow)
        ?? OutOfBounds("round_timeout_ms", record.RoundTimeoutMs, LeastRoundTimeoutMs, MostRoundTimeoutMs)
        ?? OutOfBounds("heartbeat_ms", record.HeartbeatMs, LeastHeartbeatMs, MostHeartbeatMs)
        ?? OutOfBounds("drift_ms", record.DriftMs, LeastDriftMs, MostDriftMs);

    private static string? OutOfBounds(string name, uint value, uint least, uint most) =>
        value >= least && value <= most ? null : $"parameters.{name} is {value}: {least} to {most}";
}
