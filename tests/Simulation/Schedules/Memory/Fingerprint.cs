using System.Buffers.Binary;
using System.Numerics;

namespace LicenceChain.Simulation.Schedules.Memory;

/// <summary>64 bits of some bytes, the same in every process. It finds candidates and sums up runs; equality is always decided on the bytes themselves.</summary>
internal static class Fingerprint
{
    private const ulong First = 0x9e3779b97f4a7c15;
    private const ulong Second = 0xbf58476d1ce4e5b9;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var sum = Mix(First, (ulong)bytes.Length);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) sum = Mix(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes) sum = Mix(sum, one);
        return sum;
    }

    public static ulong Mix(ulong sum, ulong word) => BitOperations.RotateLeft((sum ^ word) * Second, 31) * First;
}
