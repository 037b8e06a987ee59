namespace LicenceChain.Node.Api;

/// <summary>Why the node's API refused a request that could be read. Listed in docs/reference/codes.md; LC-API-001 to 012 are the host's.</summary>
public static class ApiCodes
{
    /// <summary>No such kind of state.</summary>
    public const string UnknownKind = "LC-API-020";

    /// <summary>The id is not one of its kind.</summary>
    public const string BadId = "LC-API-021";

    /// <summary>The state holds no such record.</summary>
    public const string NoRecord = "LC-API-022";

    /// <summary>The node never committed such a transaction.</summary>
    public const string NoTransaction = "LC-API-023";

    /// <summary>No block at that height: it lies above the head.</summary>
    public const string NoBlock = "LC-API-024";

    /// <summary>The block lies below the lowest one held: it was archived, or a snapshot took its place.</summary>
    public const string Archived = "LC-API-029";

    /// <summary>The block was damaged on this node's disk and is being fetched from a peer.</summary>
    public const string Damaged = "LC-API-030";

    /// <summary>A proof is for 1 to 64 distinct keys of 1 to 160 bytes.</summary>
    public const string BadProofKeys = "LC-API-025";

    /// <summary>A cursor, height, limit or list of types is out of range.</summary>
    public const string BadRange = "LC-API-026";

    /// <summary>As many streams are open as the node serves.</summary>
    public const string TooManyStreams = "LC-API-027";

    /// <summary>The log has no such entry.</summary>
    public const string NoLogEntry = "LC-API-028";
}
