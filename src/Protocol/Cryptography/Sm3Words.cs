using System.Runtime.CompilerServices;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>The eight 32-bit chaining words of SM3.</summary>
[InlineArray(8)]
internal struct Sm3Words
{
    private uint _first;
}
