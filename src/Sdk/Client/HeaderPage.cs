using Google.Protobuf;
using LicenceChain.Protocol.Proto;
using LicenceChain.Sdk.Verification;

namespace LicenceChain.Sdk.Client;

/// <summary>Reads a page of headers: HeaderEntry messages, each after its length.</summary>
internal static class HeaderPage
{
    public static IReadOnlyList<CertifiedHeader> Parse(byte[] bytes, int limit)
    {
        var headers = new List<CertifiedHeader>();
        using var body = new MemoryStream(bytes, writable: false);
        while (body.Position < body.Length)
        {
            if (headers.Count == limit || !CertifiedHeader.TryFrom(HeaderEntry.Parser.ParseDelimitedFrom(body), out var header))
                throw new LicenceChainException(SdkCodes.BadAnswer, "The page of headers is malformed or longer than asked.");
            headers.Add(header);
        }

        return headers;
    }
}
