namespace LicenceChain.Sdk.Client;

/// <summary>Reads a body up to a bound, however long it says it is.</summary>
internal static class BoundedBody
{
    private const int ChunkBytes = 16 * 1024;

    public static async Task<byte[]> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > maxBytes) throw TooLong(maxBytes);
        await using var body = await content.ReadAsStreamAsync(cancellation);
        using var whole = new MemoryStream((int)(content.Headers.ContentLength ?? ChunkBytes));
        var chunk = new byte[ChunkBytes];
        for (int read; (read = await body.ReadAsync(chunk, cancellation)) > 0;)
        {
            if (whole.Length + read > maxBytes) throw TooLong(maxBytes);
            whole.Write(chunk, 0, read);
        }

        return whole.ToArray();
    }

    private static LicenceChainException TooLong(int maxBytes) => new(SdkCodes.BadAnswer, $"The answer has more than {maxBytes} bytes.");
}
