using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Sdk.Client;

namespace LicenceChain.Sdk.Verification;

/// <summary>
/// Follows a chain by its headers from a trust anchor, through changes of the validator set, and verifies proofs under them. Trusts no node: a node
/// can only withhold. Each certificate is verified once. Safe for concurrent use.
/// </summary>
public sealed class LightClient : IDisposable
{
    private readonly HeaderSource _headers;
    private readonly LightClientOptions _options;
    private readonly AnchorHistory _anchors;
    private readonly VerifiedHeaders _verified;
    private readonly Lock _checking = new();
    private readonly SemaphoreSlim _following = new(1, 1);
    private volatile BlockHeader? _head;

    /// <summary>A light client that asks <paramref name="node"/>, which stays the caller's, and trusts <paramref name="anchor"/>.</summary>
    public LightClient(LicenceChainClient node, TrustAnchor anchor, LightClientOptions? options = null)
        : this(SourceOf(node), anchor, options)
    {
    }

    /// <summary>A light client that gets its headers from <paramref name="headers"/>, for example from several nodes, and trusts <paramref name="anchor"/>.</summary>
    public LightClient(HeaderSource headers, TrustAnchor anchor, LightClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(anchor);
        _headers = headers;
        _options = options ?? new LightClientOptions();
        _options.Check();
        _anchors = new AnchorHistory(anchor);
        _verified = new VerifiedHeaders(_options.MaxHeaders);
    }

    /// <summary>The highest header followed; null before the first <see cref="SyncAsync"/>.</summary>
    public BlockHeader? Head => _head;

    /// <summary>What a verifier may start from now: the latest validator set known.</summary>
    public TrustAnchor Anchor => _anchors.Latest;

    /// <summary>
    /// What <paramref name="proof"/> establishes, or null when it does not hold. A header beyond a change of the set that is not known yet is
    /// followed to first.
    /// </summary>
    /// <exception cref="LicenceChainException">The chain forked, or the node could not be asked.</exception>
    public async Task<ProvenFacts?> VerifyAsync(LicenceProof proof, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (_verified.Contains(proof.Header)) return proof.VerifyPaths();
        if (IsBeyondKnownSet(proof.Header)) await SyncAsync(cancellation);
        return IsCertified(proof) ? proof.VerifyPaths() : null;
    }

    /// <summary>Follows the headers to the node's head.</summary>
    /// <exception cref="LicenceChainException">The node sent headers that do not hold together, or could not be asked.</exception>
    public async Task SyncAsync(CancellationToken cancellation = default)
    {
        await _following.WaitAsync(cancellation);
        try
        {
            while (true)
            {
                var from = _head is { } head ? head.Height.Next : _anchors.Latest.Height.Next;
                var page = await _headers(from, _options.PageSize, cancellation);
                if (page.Count == 0) return;
                Take(page, from);
                if (page.Count < _options.PageSize) return;
            }
        }
        finally
        {
            _following.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _following.Dispose();

    // Headers name their parents, so one certificate certifies every header of the page below it. It is checked at the end of the page and at each
    // change of the set, which only a certified header may make.
    private void Take(IReadOnlyList<CertifiedHeader> page, Height from)
    {
        var certified = 0;
        for (var i = 0; i < page.Count; i++)
        {
            var below = i > 0 ? page[i - 1].Header : _head;
            if (page[i].Header.Height.Value != from.Value + (ulong)i || (below is not null && page[i].Header.Fields.Parent != below.Digest)) throw Broken(page[i].Header.Height);
            var changes = page[i].Header.Fields.NextValidatorsHash != page[i].Header.Fields.ValidatorsHash;
            if (!changes && i < page.Count - 1) continue;
            Certify(page[i]);
            for (; certified <= i; certified++) _verified.Add(page[certified].Header);
        }

        _head = page[^1].Header;
    }

    private void Certify(CertifiedHeader one)
    {
        var anchor = _anchors.For(one.Header.Height);
        if (anchor is null || one.Certificate is null || !HeaderCheck.IsCertified(anchor, one.Header, one.Certificate) || !_anchors.TryFollow(one.Header, one.Next))
            throw Broken(one.Header.Height);
    }

    // One at a time: of many proofs under one new header, the first checks the certificate and the others find it checked.
    private bool IsCertified(LicenceProof proof)
    {
        lock (_checking)
        {
            if (_verified.Contains(proof.Header)) return true;
            if (_anchors.For(proof.Header.Height) is not { } anchor || !HeaderCheck.IsCertified(anchor, proof.Header, proof.Certificate)) return false;
            _verified.Add(proof.Header);
            return true;
        }
    }

    private static HeaderSource SourceOf(LicenceChainClient node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.GetHeadersAsync;
    }

    private bool IsBeyondKnownSet(BlockHeader header) =>
        header.Height > _anchors.Latest.Height && header.Fields.ValidatorsHash != _anchors.Latest.Validators.Hash;

    private static LicenceChainException Broken(Height height) =>
        new(SdkCodes.BadAnswer, $"The node's headers do not hold together at height {height}: ask another node.");
}
