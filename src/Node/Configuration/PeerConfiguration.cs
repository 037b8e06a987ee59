using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Configuration;

/// <summary>Another node of the network, as the operators told each other.</summary>
/// <param name="Key">Its consensus (or observer) key: the SM2 identity it must prove on a link.</param>
/// <param name="Host">Name or address of its link port.</param>
/// <param name="Port">Its link port; 1 to 65535.</param>
/// <param name="CertificateFingerprint">SHA-256 over its self-signed TLS certificate (DER).</param>
public sealed record PeerConfiguration(KeyId Key, string Host, int Port, CertificateFingerprint CertificateFingerprint);
