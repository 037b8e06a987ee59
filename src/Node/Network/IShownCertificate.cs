using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Network;

/// <summary>What the loop asks of the certificate that links show; answered from memory.</summary>
internal interface IShownCertificate
{
    /// <summary>Its last instant.</summary>
    UnixTime Expires { get; }

    /// <summary>Why peers refuse this node's links: the chain lists another one, which was looked for and not found. Null while there is nothing to say.</summary>
    string? Missing { get; }
}
