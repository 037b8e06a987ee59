using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>SM3 (GB/T 32905) of bytes at hand. Allocates nothing.</summary>
public static class Sm3
{
    /// <summary>SM3 of <paramref name="data"/>.</summary>
    public static Hash256 Hash(ReadOnlySpan<byte> data)
    {
        var state = Sm3State.Start();
        state.Append(data);
        return state.Finish();
    }

    /// <summary>SM3 of <paramref name="data"/> into <paramref name="destination"/>, exactly 32 bytes.</summary>
    public static void HashTo(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        var state = Sm3State.Start();
        state.Append(data);
        state.Finish(destination);
    }

    /// <summary>SM3 of <paramref name="first"/> followed by <paramref name="second"/>.</summary>
    public static Hash256 Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var state = Sm3State.Start();
        state.Append(first);
        state.Append(second);
        return state.Finish();
    }
}
