using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>SM3 of a message that comes in parts. Reusable; not for several threads at once.</summary>
public sealed class Sm3Hasher
{
    private Sm3State _state = Sm3State.Start();

    /// <summary>Takes the next part.</summary>
    public void Append(ReadOnlySpan<byte> data) => _state.Append(data);

    /// <summary>The digest of all parts since the start or the last <see cref="Finish"/>; begins anew.</summary>
    public Hash256 Finish()
    {
        var digest = _state.Finish();
        _state = Sm3State.Start();
        return digest;
    }
}
