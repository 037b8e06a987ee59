using System.Runtime.CompilerServices;
using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Api;

/// <summary>The events of the committed blocks, in the chain's order, none left out.</summary>
internal sealed class EventFeed(INodeQueries queries)
{
    /// <summary>
    /// Events from height <paramref name="from"/> on, or after <paramref name="after"/> where it is given; only those of <paramref name="types"/> unless
    /// that is empty. Goes on with the chain when <paramref name="follow"/> is set, else ends at the head.
    /// </summary>
    public async IAsyncEnumerable<EventEntry> FollowAsync(
        Height from, EventPosition? after, IReadOnlySet<string> types, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = after is { } seen ? new Height(seen.Height) : from;
        await foreach (var block in queries.FollowAsync(start, follow, cancellationToken))
        {
            foreach (var entry in Of(block))
            {
                if (after is { } last && new EventPosition(entry.Height, entry.TransactionIndex, entry.EventIndex) <= last) continue;
                if (types.Count == 0 || types.Contains(entry.Event.Type)) yield return entry;
            }
        }
    }

    private static IEnumerable<EventEntry> Of(CommittedBlock block)
    {
        for (var transaction = 0; transaction < block.Receipts.Count; transaction++)
        {
            var receipt = block.Receipts[transaction];
            for (var index = 0; index < receipt.Events.Count; index++)
            {
                yield return new EventEntry
                {
                    Height = block.Block.Header.Height.Value,
                    TransactionIndex = (uint)transaction,
                    EventIndex = (uint)index,
                    TransactionId = ByteString.CopyFrom(receipt.Transaction.Value.Span),
                    Event = receipt.Events[index],
                };
            }
        }
    }
}
