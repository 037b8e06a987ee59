using LicenceChain.Protocol.Encoding;

namespace LicenceChain.Node.Api;

/// <summary>Bounds of the node's API. Where a number comes from stands with it.</summary>
internal static class ApiLimits
{
    /// <summary>Headers in one page: 1,000 of about 1 KiB with their certificates stay well below a message.</summary>
    public const int MaxHeaders = 1_000;

    /// <summary>Headers where nothing is said.</summary>
    public const int DefaultHeaders = 100;

    /// <summary>Types that one stream of events may name; the contracts have fewer.</summary>
    public const int MaxEventTypes = 32;

    /// <summary>Open streams of blocks, headers and events, REST and gRPC together: each holds a task and a block at most.</summary>
    public const int MaxStreams = 512;

    /// <summary>Transactions of one SubmitStream that wait for their block; more wait in the transport. Two full blocks' worth at the default.</summary>
    public const int MaxInFlight = 8_192;

    /// <summary>Submissions remembered after their client stopped waiting: about 10 MB.</summary>
    public const int MaxPending = 100_000;

    /// <summary>Replies gathered before they are flushed.</summary>
    public const int MaxReplyBatch = 256;

    /// <summary>Bytes of a submission's body: a transaction in base64 within JSON, with room.</summary>
    public const int MaxSubmissionBytes = (ProtocolLimits.MaxTransactionBytes * 4 / 3) + 1024;

    /// <summary>Bytes of a request for a proof: 64 keys of 160 bytes in hexadecimal within JSON, with room.</summary>
    public const int MaxProofRequestBytes = 32 * 1024;

    /// <summary>Bytes of a batch of deposits: one message.</summary>
    public const int MaxDepositBytes = ProtocolLimits.MaxMessageBytes;

    /// <summary>Bytes of a request to the vault.</summary>
    public const int MaxReleaseBytes = 16 * 1024;

    /// <summary>Longest text id in a path, in characters.</summary>
    public const int MaxTextId = 128;

    /// <summary>How long a stopping node lets requests finish; a submission that waits for a chain without a quorum would wait for ever.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A silent stream of events says this often that it lives: below the 30 s after which proxies give up.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
}
