using System.Diagnostics;
using System.Net.Sockets;
using System.Threading.Channels;

namespace LicenceChain.EndToEnd.Faults.Proxy;

/// <summary>One direction of one connection: takes bytes at one end and gives them out at the other when the <see cref="LinkPath"/> says so.</summary>
internal sealed class LinkPipe(Socket from, Socket to, LinkPath path)
{
    private const int ChunkBytes = 16 * 1024;

    // 1 MiB under way: what a long fat link holds. Beyond, the sender's own socket fills, as it should.
    private const int ChunksUnderWay = 64;

    private readonly Channel<Chunk> _underWay = Channel.CreateBounded<Chunk>(new BoundedChannelOptions(ChunksUnderWay) { SingleReader = true, SingleWriter = true });

    /// <summary>Carries until either end closes; throws what a socket failed with.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var taking = TakeAsync(ending.Token);
        try
        {
            await GiveAsync(cancellationToken);
            await taking;
        }
        finally
        {
            await ending.CancelAsync();
            await taking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // the first failure is the one that counts
        }
    }

    private async Task TakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var buffer = new byte[ChunkBytes];
                var count = await from.ReceiveAsync(buffer, cancellationToken);
                if (count == 0) return;
                await _underWay.Writer.WriteAsync(new Chunk(buffer.AsMemory(0, count), Stopwatch.GetTimestamp(), path.Delay), cancellationToken);
            }
        }
        finally
        {
            _underWay.Writer.TryComplete();
        }
    }

    private async Task GiveAsync(CancellationToken cancellationToken)
    {
        await foreach (var chunk in _underWay.Reader.ReadAllAsync(cancellationToken))
        {
            await Await.PassAsync(chunk.Delay - Stopwatch.GetElapsedTime(chunk.At), cancellationToken);
            await path.WhenOpenAsync(cancellationToken);
            for (var rest = chunk.Bytes; rest.Length > 0;) rest = rest[await to.SendAsync(rest, cancellationToken)..];
        }

        await path.WhenOpenAsync(cancellationToken);
        to.Shutdown(SocketShutdown.Send);
    }

    private readonly record struct Chunk(ReadOnlyMemory<byte> Bytes, long At, TimeSpan Delay);
}
