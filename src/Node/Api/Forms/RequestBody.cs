using Google.Protobuf;
using LicenceChain.Protocol.Encoding;
using Microsoft.AspNetCore.Http;

namespace LicenceChain.Node.Api.Forms;

/// <summary>Reads a whole body up to a bound, whatever length it claims.</summary>
internal static class RequestBody
{
    private const int ChunkBytes = 16 * 1024;

    /// <summary>The bytes; throws <see cref="BadHttpRequestException"/> with 413 when there are more than <paramref name="maxBytes"/>.</summary>
    public static async Task<byte[]> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes) throw TooLarge();
        using var whole = new MemoryStream((int)(request.ContentLength ?? ChunkBytes));
        var chunk = new byte[ChunkBytes];
        for (int read; (read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            if (whole.Length + read > maxBytes) throw TooLarge();
            whole.Write(chunk, 0, read);
        }

        return whole.ToArray();
    }

    /// <summary>A canonical message; null when the body is none.</summary>
    public static async Task<T?> ReadMessageAsync<T>(HttpRequest request, MessageParser<T> parser, int maxBytes, CancellationToken cancellationToken)
        where T : class, IMessage<T> =>
        CanonicalProto.TryParse(parser, await ReadAsync(request, maxBytes, cancellationToken), maxBytes, out var message) ? message : null;

    private static BadHttpRequestException TooLarge() => new("The body is over the limit of this address.", StatusCodes.Status413PayloadTooLarge);
}
