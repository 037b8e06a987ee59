namespace LicenceChain.Protocol.Cryptography;

/// <summary>
/// What a signature is for. The signed message is the ASCII domain, a zero byte, then the data, so that a signature made
/// for one purpose never counts for another. The domains are literals: changing one is a change of protocol.
/// </summary>
public readonly record struct SigningContext
{
    private readonly Domain _domain;

    private SigningContext(Domain domain) => _domain = domain;

    private enum Domain
    {
        Unspecified = 0,
        Vote,
        Transaction,
        Grant,
        GrantRevocation,
        Credential,
        Presentation,
        VaultRequest,
        Link,
        Standing,
        Checkpoint,
        Raw,
    }

    /// <summary>Consensus votes (rule C-SIGNED): <c>LC1</c>.</summary>
    public static SigningContext Vote => new(Domain.Vote);

    /// <summary>Transactions: <c>LC1/tx</c>.</summary>
    public static SigningContext Transaction => new(Domain.Transaction);

    /// <summary>A holder's grants: <c>LC1/grant</c>.</summary>
    public static SigningContext Grant => new(Domain.Grant);

    /// <summary>A holder's revocations of grants: <c>LC1/grant-revocation</c>.</summary>
    public static SigningContext GrantRevocation => new(Domain.GrantRevocation);

    /// <summary>Credentials: <c>LC1/credential</c>.</summary>
    public static SigningContext Credential => new(Domain.Credential);

    /// <summary>Presentations: <c>LC1/presentation</c>.</summary>
    public static SigningContext Presentation => new(Domain.Presentation);

    /// <summary>Requests to a vault: <c>LC1/vault-request</c>.</summary>
    public static SigningContext VaultRequest => new(Domain.VaultRequest);

    /// <summary>Identities of linked peers: <c>LC1/link</c>.</summary>
    public static SigningContext Link => new(Domain.Link);

    /// <summary>What nodes say of themselves (rule C-ALARM): <c>LC1/standing</c>.</summary>
    public static SigningContext Standing => new(Domain.Standing);

    /// <summary>Checkpoints of access logs: <c>LC1/checkpoint</c>.</summary>
    public static SigningContext Checkpoint => new(Domain.Checkpoint);

    /// <summary>No prefix at all: only to interoperate with other SM2 software, never for the chain's own messages.</summary>
    public static SigningContext Raw => new(Domain.Raw);

    /// <summary>The bytes that go before the data.</summary>
    internal ReadOnlySpan<byte> Prefix => _domain switch
    {
        Domain.Vote => "LC1\0"u8,
        Domain.Transaction => "LC1/tx\0"u8,
        Domain.Grant => "LC1/grant\0"u8,
        Domain.GrantRevocation => "LC1/grant-revocation\0"u8,
        Domain.Credential => "LC1/credential\0"u8,
        Domain.Presentation => "LC1/presentation\0"u8,
        Domain.VaultRequest => "LC1/vault-request\0"u8,
        Domain.Link => "LC1/link\0"u8,
        Domain.Standing => "LC1/standing\0"u8,
        Domain.Checkpoint => "LC1/checkpoint\0"u8,
        Domain.Raw => [],
        _ => throw new InvalidOperationException("A default SigningContext signs nothing: name one."),
    };
}
