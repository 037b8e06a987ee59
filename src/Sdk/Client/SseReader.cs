using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;

namespace LicenceChain.Sdk.Client;

/// <summary>Reads a text/event-stream. An event longer than the bound ends the stream with an error: the sender is not a node of ours.</summary>
internal static class SseReader
{
    private const int MaxLineBytes = 1024 * 1024; // base64 of the largest receipt
    private const int MaxLines = 64; // a node writes three; each line of data is copied with all before it

    public static async IAsyncEnumerable<SseItem> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = PipeReader.Create(stream);
        var item = new SseItem("", "");
        var lines = 0;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(cancellation);
                var rest = read.Buffer;
                while (TryTakeLine(ref rest, out var line))
                {
                    if (line.Length == 0)
                    {
                        if (item.Data.Length > 0) yield return item;
                        item = new SseItem("", "");
                        lines = 0;
                        continue;
                    }

                    if (++lines > MaxLines) throw new LicenceChainException(SdkCodes.BadAnswer, $"An event has more than {MaxLines} lines.");
                    item = Take(item, line);
                }

                if (rest.Length + item.Data.Length > MaxLineBytes) throw new LicenceChainException(SdkCodes.BadAnswer, $"An event has more than {MaxLineBytes} bytes.");
                reader.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted) yield break;
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> rest, out string line)
    {
        line = "";
        if (rest.PositionOf((byte)'\n') is not { } end) return false;
        line = Encoding.UTF8.GetString(rest.Slice(0, end)).TrimEnd('\r');
        rest = rest.Slice(rest.GetPosition(1, end));
        return true;
    }

    private static SseItem Take(SseItem item, string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0) return item; // a comment keeps the connection alive
        var value = line[(colon + 1)..];
        if (value.StartsWith(' ')) value = value[1..];
        return line.AsSpan(0, colon) switch
        {
            "id" => item with { Id = value },
            "data" => item with { Data = item.Data.Length == 0 ? value : item.Data + "\n" + value },
            _ => item, // the type stands in the data too
        };
    }

    /// <summary>One event as it was sent.</summary>
    public readonly record struct SseItem(string Id, string Data);
}
