using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Sdk.Client;

/// <summary>Follows events through lost connections: resumes after the last one delivered, so that none is missed and none comes twice.</summary>
internal sealed class EventStream(RestTransport transport, IReadOnlyList<string> types)
{
    public async IAsyncEnumerable<ChainEvent> FollowAsync(Height from, EventCursor? after, bool follow, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var backoff = new Backoff(transport.Options);
        var last = after;
        var lost = 0;
        while (true)
        {
            await using var connection = ReadOnceAsync(last is { } seen ? new Height(seen.Height) : from, last, follow, () => lost = 0, cancellation).GetAsyncEnumerator(cancellation);
            while (true)
            {
                bool more;
                try
                {
                    more = await connection.MoveNextAsync();
                }
                catch (Exception broken) when (IsPassing(broken))
                {
                    if (++lost >= transport.Options.MaxAttempts)
                        throw new LicenceChainException(SdkCodes.Unreachable, $"The event stream was lost {lost} times in a row.", null, broken);
                    break;
                }

                if (!more && !follow) yield break;
                if (!more) break;
                backoff.Reset();
                if (last is { } known && connection.Current.Cursor <= known) continue; // the node may begin at the block, not after the event
                last = connection.Current.Cursor;
                yield return connection.Current;
            }

            await backoff.PauseAsync(cancellation);
        }
    }

    private async IAsyncEnumerable<ChainEvent> ReadOnceAsync(Height from, EventCursor? after, bool follow, Action opened, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var path = $"v1/events?from={from}&follow={(follow ? "true" : "false")}" + (types.Count == 0 ? "" : "&types=" + Uri.EscapeDataString(string.Join(',', types)));
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (after is { } cursor) request.Headers.Add("Last-Event-ID", cursor.ToString());
        using var response = await transport.OpenStreamAsync(request, cancellation);
        opened();
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        await foreach (var item in SseReader.ReadAsync(body, cancellation))
            yield return EventJson.Parse(item.Id, item.Data);
    }

    private static bool IsPassing(Exception broken) =>
        broken is HttpRequestException or IOException || (broken is LicenceChainException said && RestTransport.IsPassing(said));
}
