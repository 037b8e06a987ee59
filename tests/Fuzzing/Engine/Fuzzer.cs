using System.Diagnostics;
using Google.Protobuf;

namespace LicenceChain.Fuzzing.Engine;

/// <summary>Feeds one target. Input number i of a seed is always the same.</summary>
internal sealed class Fuzzer(FuzzTarget target, int seed)
{
    private const int MaxRounds = 5;
    private const int MaxShrinks = 3_000;
    private static readonly TimeSpan ShrinkTime = TimeSpan.FromSeconds(10);

    public long Executions { get; private set; }

    public long Accepted { get; private set; }

    public TimeSpan Slowest { get; private set; }

    /// <summary>Runs until <paramref name="count"/> inputs or the time is up; the first failure, shrunk, or null.</summary>
    public FuzzFailure? Run(long count, TimeSpan time, Watchdog watchdog)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; Executions < count && watch.Elapsed < time; i++)
        {
            var input = i < target.Samples.Count && seed == FirstSeed ? target.Samples[i] : InputOf(seed + i);
            watchdog.Enter(target.Name, seed + i, input);
            var started = watch.Elapsed;
            var problem = Try(input, out var detail);
            watchdog.Leave();
            if (watch.Elapsed - started > Slowest) Slowest = watch.Elapsed - started;
            Executions++;
            if (problem is not null) return new FuzzFailure(target.Name, seed + i, problem, Shrink(input, problem), detail);
        }

        return null;
    }

    /// <summary>The seed of a run from the start: its first inputs are the samples as they are.</summary>
    public const int FirstSeed = 1;

    /// <summary>What seed <paramref name="number"/> feeds.</summary>
    public byte[] InputOf(int number)
    {
        var random = new Random(unchecked((number * 7919) + StableHash(target.Name)));
        var input = Start(random);
        for (var rounds = random.Next(1, MaxRounds); rounds > 0; rounds--)
        {
            var other = target.Samples.Count == 0 ? [] : target.Samples[random.Next(target.Samples.Count)];
            input = target.Kind switch
            {
                InputKind.Proto when random.Next(4) > 0 => ProtoMutator.Mutate(random, input, other, target.MaxInput),
                InputKind.Text => TextMutator.Text(random, input, other, target.MaxInput),
                InputKind.Json => TextMutator.Json(random, input, other, target.MaxInput),
                _ => ByteMutator.Mutate(random, input, other, target.MaxInput),
            };
            if (target.Shape is not null && random.Next(3) == 0) break;
        }

        return input;
    }

    private byte[] Start(Random random)
    {
        if (target.Shape is { } shape && (target.Samples.Count == 0 || random.Next(3) == 0)) return ProtoGenerator.Of(shape, random).ToByteArray();
        return target.Samples.Count == 0 ? [] : target.Samples[random.Next(target.Samples.Count)];
    }

    private string? Try(byte[] input, out string detail)
    {
        detail = "";
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            if (target.Run(input)) Accepted++;
        }
#pragma warning disable CA1031 // Whatever leaves a decoder is what is looked for.
        catch (Exception unhandled)
#pragma warning restore CA1031
        {
            detail = unhandled.ToString();
            return unhandled is FuzzViolation ? unhandled.Message : $"unhandled {unhandled.GetType().Name}";
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var allowed = target.FixedBytes + ((long)target.BytesPerByte * input.Length);
        if (allocated <= allowed) return null;
        detail = $"{allocated:N0} bytes allocated for {input.Length:N0} bytes of input; {allowed:N0} are allowed.";
        return "too much allocated";
    }

    // Cuts away what the failure does not need, in ever smaller pieces.
    private byte[] Shrink(byte[] input, string problem)
    {
        var (left, watch) = (MaxShrinks, Stopwatch.StartNew());
        for (var piece = int.Max(1, input.Length / 2); piece >= 1 && left > 0; piece /= 2)
            for (var at = 0; at + piece <= input.Length && left-- > 0 && watch.Elapsed < ShrinkTime;)
            {
                byte[] shorter = [.. input[..at], .. input[(at + piece)..]];
                if (Try(shorter, out _) == problem) input = shorter;
                else at += piece;
            }

        return input;
    }

    private static int StableHash(string text) => text.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));
}
