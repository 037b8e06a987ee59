using Google.Protobuf.Reflection;

namespace LicenceChain.Fuzzing.Engine;

/// <summary>One decoder or API under random input.</summary>
/// <param name="Name">For the command line; unique.</param>
/// <param name="Kind">The form of its input.</param>
/// <param name="Samples">Sound input, made by production code.</param>
/// <param name="Run">Feeds one input; true when it was accepted. Any exception is a failure: the documented refusals are caught inside.</param>
/// <param name="Covers">The entry points (<see cref="EntryPoints"/>) that it exercises.</param>
internal sealed record FuzzTarget(string Name, InputKind Kind, IReadOnlyList<byte[]> Samples, Func<byte[], bool> Run, params string[] Covers)
{
    /// <summary>For Protobuf: the message whose random values are input too.</summary>
    public MessageDescriptor? Shape { get; init; }

    /// <summary>No input is longer: a little above what the decoder itself allows, where that can be reached in a test.</summary>
    public int MaxInput { get; init; } = 64 * 1024;

    /// <summary>What one call may allocate whatever the input: parsers' tables, buffers, cryptography.</summary>
    public long FixedBytes { get; init; } = 512 * 1024;

    /// <summary>What one call may allocate for each byte of input: objects of a parsed message, copies, text as UTF-16.</summary>
    public int BytesPerByte { get; init; } = 100;
}
