using System.Text;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Network;

/// <summary>
/// What a node signs to prove its identity on a link: role (1: dialer, 2: listener), length of the chain id, chain id, genesis hash, the dialer's nonce, the listener's
/// nonce, SHA-256 of the dialer's and of the listener's TLS certificate. Bound to both certificates, so that nobody in the middle can pass it on; bound to the role, so that
/// it cannot be sent back.
/// </summary>
internal sealed record LinkStatement(ChainId Chain, Hash256 GenesisHash, Hash256 DialerNonce, Hash256 ListenerNonce, CertificateFingerprint DialerCertificate, CertificateFingerprint ListenerCertificate)
{
    private const byte DialerRole = 1;
    private const byte ListenerRole = 2;

    /// <summary>The bytes to sign or verify.</summary>
    public byte[] Bytes(bool byDialer)
    {
        var chain = Encoding.ASCII.GetBytes(Chain.Value);
        return
        [
            byDialer ? DialerRole : ListenerRole,
            (byte)chain.Length,
            .. chain,
            .. GenesisHash.ToArray(),
            .. DialerNonce.ToArray(),
            .. ListenerNonce.ToArray(),
            .. DialerCertificate.Value.ToArray(),
            .. ListenerCertificate.Value.ToArray(),
        ];
    }
}
