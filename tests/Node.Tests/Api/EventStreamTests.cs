using System.Runtime.CompilerServices;
using System.Text;
using LicenceChain.Node.Api;
using LicenceChain.Node.Api.Rest;
using LicenceChain.Protocol.Proto;
using Microsoft.AspNetCore.Http;

namespace LicenceChain.Node.Tests.Api;

public sealed class EventStreamTests
{
    private readonly ManualClock _clock = new();
    private readonly StreamSlots _slots = new();

    [Fact]
    public async Task Silent_stream_says_that_it_lives_and_gives_its_slot_back()
    {
        using var stopping = new CancellationTokenSource();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { Response = { Body = body } };
        var run = new EventStreamResult(Silence, _slots.TryTake()!, _clock, stopping.Token).ExecuteAsync(http);
        await _clock.TimerSetAsync();
        Assert.Equal(1, _slots.Open);

        _clock.Advance(TimeSpan.FromSeconds(15));
        await _clock.TimerSetAsync();
        await stopping.CancelAsync();
        await run;

        Assert.Equal(": heartbeat\n\n", Encoding.UTF8.GetString(body.ToArray()));
        Assert.Equal(0, _slots.Open);
    }

    [Fact]
    public void Slots_end_at_their_bound_and_come_back()
    {
        var taken = Enumerable.Range(0, ApiLimits.MaxStreams).Select(_ => _slots.TryTake()!).ToList();
        Assert.All(taken, Assert.NotNull);
        Assert.Null(_slots.TryTake());
        taken[0].Dispose();
        taken[0].Dispose();
        Assert.NotNull(_slots.TryTake());
        Assert.Null(_slots.TryTake());
    }

    private static async IAsyncEnumerable<EventEntry> Silence([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        yield break;
    }
}
