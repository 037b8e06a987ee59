using System.Buffers;

namespace LicenceChain.Simulation.Network.Disks;

/// <summary>A copy of some bytes in an array of the pool.</summary>
internal sealed class PooledBytes
{
    private readonly byte[] _array;

    private PooledBytes(byte[] array, int length) => (_array, Length) = (array, length);

    public int Length { get; }

    public ReadOnlySpan<byte> Span => _array.AsSpan(0, Length);

    public static PooledBytes Of(ReadOnlySpan<byte> bytes)
    {
        var array = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(array);
        return new PooledBytes(array, bytes.Length);
    }

    /// <summary>Gives the array back; called once.</summary>
    public void Release() => ArrayPool<byte>.Shared.Return(_array);
}
