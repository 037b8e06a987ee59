namespace LicenceChain.Protocol.Encoding;

/// <summary>Upper bounds that no chain parameter may exceed: what a decoder allocates for a stranger is bounded by these.</summary>
public static class ProtocolLimits
{
    /// <summary>Largest transaction in bytes: a batch of 500 licences of about 400 bytes, with room.</summary>
    public const int MaxTransactionBytes = 256 * 1024;

    /// <summary>Largest block in bytes: one message of a link (4 MiB) less the certificates that travel with it.</summary>
    public const int MaxBlockBytes = 3 * 1024 * 1024;

    /// <summary>Most transactions in a block: at 250 bytes, the smallest useful one, they fill the largest block.</summary>
    public const int MaxBlockTransactions = 12_000;

    /// <summary>Most validators in a set: the certificate and the n² votes stay within a link's message.</summary>
    public const int MaxValidators = 100;

    /// <summary>Largest message between nodes, and largest gRPC message.</summary>
    public const int MaxMessageBytes = 4 * 1024 * 1024;

    /// <summary>Largest record in the state.</summary>
    public const int MaxStateValueBytes = 64 * 1024;

    /// <summary>Longest key of the state.</summary>
    public const int MaxStateKeyBytes = 160;

    /// <summary>Most keys in one proof.</summary>
    public const int MaxProofKeys = 64;

    /// <summary>Largest receipt: a batch of 500 licences with an event for each record.</summary>
    public const int MaxReceiptBytes = 512 * 1024;
}
