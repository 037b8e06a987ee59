using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Signing;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Network;

/// <summary>
/// Who this node links to: the peers that its configuration names and the nodes that the chain lists. Where both speak of one key or of one certificate, the chain's word
/// counts: it is the younger. The loop lists; links ask on threads of their own.
/// </summary>
internal sealed class PeerDirectory
{
    private readonly IReadOnlyList<PeerConfiguration> _configured;
    private readonly NodeSigner _signer;
    private readonly LinkCertificates _own;
    private volatile View _view;

    public PeerDirectory(IReadOnlyList<PeerConfiguration> configured, NodeSigner signer, LinkCertificates own)
    {
        (_configured, _signer, _own) = (configured, signer, own);
        _view = new View([]);
        List([]);
    }

    /// <summary>
    /// The peers that this node dials: of a pair, the lower key does. While its own key is being replaced the two may not agree which that is, and while its certificate is, the
    /// peer may expect another than it shows: so it dials whoever is not linked.
    /// </summary>
    public IReadOnlyList<PeerConfiguration> Dialled => [.. _view.Peers.Where(p => _signer.HasSeveralKeys || _own.Count > 1 || _signer.LinkKey.Id.Value < p.Key.Value)];

    /// <summary>True while <paramref name="peer"/> is one, at just this place.</summary>
    public bool Holds(PeerConfiguration peer) => _view.ByKey.TryGetValue(peer.Key, out var known) && known == peer;

    /// <summary>The peer that shows this certificate.</summary>
    public bool TryFind(CertificateFingerprint certificate, [NotNullWhen(true)] out PeerConfiguration? peer) => _view.ByCertificate.TryGetValue(certificate, out peer);

    /// <summary>The chain lists these nodes now, perhaps this one among them.</summary>
    public void List(IReadOnlyList<PeerConfiguration> listed)
    {
        var own = listed.Where(n => _signer.Owns(n.Key)).ToList();
        var self = own.FirstOrDefault(n => _own.Hold(n.CertificateFingerprint)) ?? own.FirstOrDefault();
        _signer.LinkAs(self?.Key);
        _own.List(self?.CertificateFingerprint);
        var others = listed.Where(n => !_signer.Owns(n.Key)).ToList();
        var keys = others.Select(n => n.Key).ToHashSet();
        var certificates = others.Select(n => n.CertificateFingerprint).ToHashSet();
        _view = new View([.. others, .. _configured.Where(p => !_signer.Owns(p.Key) && !keys.Contains(p.Key) && !certificates.Contains(p.CertificateFingerprint))]);
    }

    private sealed class View(IReadOnlyList<PeerConfiguration> peers)
    {
        public IReadOnlyList<PeerConfiguration> Peers => peers;

        public FrozenDictionary<KeyId, PeerConfiguration> ByKey { get; } = peers.ToFrozenDictionary(p => p.Key);

        public FrozenDictionary<CertificateFingerprint, PeerConfiguration> ByCertificate { get; } = peers.ToFrozenDictionary(p => p.CertificateFingerprint);
    }
}
