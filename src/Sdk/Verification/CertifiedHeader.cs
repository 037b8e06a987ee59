using System.Diagnostics.CodeAnalysis;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Sdk.Verification;

/// <summary>A header with its certificate as a node sent them, and the next validator set where it changes. Well formed; certified only once verified.</summary>
/// <param name="Header">The header.</param>
/// <param name="Certificate">Null only at height 0.</param>
/// <param name="Next">The set that the header names as next, where it is another one.</param>
public sealed record CertifiedHeader(BlockHeader Header, CommitCertificate? Certificate, ValidatorSet? Next)
{
    /// <summary>Takes a parsed message; false unless every part is well formed.</summary>
    public static bool TryFrom(HeaderEntry message, [NotNullWhen(true)] out CertifiedHeader? header)
    {
        ArgumentNullException.ThrowIfNull(message);
        header = null;
        if (!BlockHeader.TryParse(message.Header.Memory, out var parsed)) return false;
        CommitCertificate? certificate = null;
        if (!message.Certificate.IsEmpty && !CommitCertificate.TryParse(message.Certificate.Memory, out certificate)) return false;
        ValidatorSet? next = null;
        if (message.NextValidators is not null && !ValidatorSet.TryFrom(message.NextValidators, out next)) return false;
        if (certificate is null != (parsed.Height.Value == 0)) return false;
        header = new CertifiedHeader(parsed, certificate, next);
        return true;
    }
}
