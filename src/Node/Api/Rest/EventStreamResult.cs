using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using LicenceChain.Node.Api.Forms;
using LicenceChain.Protocol.Proto;
using Microsoft.AspNetCore.Http;

namespace LicenceChain.Node.Api.Rest;

/// <summary>Writes a stream of events. A slow reader slows only itself: the next block is read when the last one has been taken.</summary>
internal sealed class EventStreamResult(Func<CancellationToken, IAsyncEnumerable<EventEntry>> events, IDisposable slot, TimeProvider clock, CancellationToken stopping) : IResult
{
    private const int MaxUnflushedBytes = 64 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var held = slot;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        var response = httpContext.Response;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        await response.BodyWriter.FlushAsync(end.Token); // the client learns that the stream is open before anything happens

        // T10 Receipt: subscribers get what was committed, from any height.
        var reader = events(end.Token).GetAsyncEnumerator(end.Token);
        var next = reader.MoveNextAsync().AsTask();
        try
        {
            while (await WaitAsync(next, response, end.Token))
            {
                Write(response.BodyWriter, reader.Current);
                next = reader.MoveNextAsync().AsTask();
                if (!next.IsCompleted || response.BodyWriter.UnflushedBytes > MaxUnflushedBytes) await response.BodyWriter.FlushAsync(end.Token);
            }

            await response.BodyWriter.FlushAsync(end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return; // the reader left or the node stops: a stream has no other end
        }
        finally
        {
            await end.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // it must have ended before it can be disposed
            await reader.DisposeAsync();
        }
    }

    private async Task<bool> WaitAsync(Task<bool> next, HttpResponse response, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await next.WaitAsync(ApiLimits.Heartbeat, clock, cancellationToken);
            }
            catch (TimeoutException) when (!next.IsCompleted)
            {
                response.BodyWriter.Write(": heartbeat\n\n"u8);
                await response.BodyWriter.FlushAsync(cancellationToken);
            }
        }
    }

    private static void Write(IBufferWriter<byte> output, EventEntry entry)
    {
        output.Write(Encoding.UTF8.GetBytes($"id: {new EventPosition(entry.Height, entry.TransactionIndex, entry.EventIndex)}\nevent: {entry.Event.Type}\ndata: "));
        using (var writer = new Utf8JsonWriter(output, Options)) ProtoJson.Write(writer, entry);
        output.Write("\n\n"u8);
    }
}
