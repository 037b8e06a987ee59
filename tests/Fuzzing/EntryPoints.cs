using System.Reflection;
using System.Text.RegularExpressions;
using Google.Protobuf;

namespace LicenceChain.Fuzzing;

/// <summary>
/// Every method of the product, public or internal, that by its name and parameters decodes what somebody else wrote: bytes, text, or a Protobuf message. Folders, whose
/// Open opens a file, decode nothing.
/// </summary>
internal static partial class EntryPoints
{
    private static readonly Assembly[] Rooms =
    [
        typeof(Protocol.Blocks.Block).Assembly, typeof(Consensus.ConsensusStateMachine).Assembly, typeof(Contracts.BlockExecutor).Assembly,
        typeof(Hosting.Grpc.GrpcLimits).Assembly, typeof(Node.NodeStores).Assembly, typeof(Verifier.VerifierApplication).Assembly,
        typeof(Sdk.LicenceChainException).Assembly, typeof(Cli.ExitCode).Assembly,
    ];

    private static readonly Type[] Raw =
        [typeof(ReadOnlySpan<byte>), typeof(ReadOnlyMemory<byte>), typeof(byte[]), typeof(string), typeof(Stream), typeof(ByteString), typeof(TextReader), typeof(System.IO.Pipelines.PipeReader)];

    public static IEnumerable<MethodInfo> All() =>
        from room in Rooms
        from type in room.GetTypes()
        where type.Namespace?.StartsWith("LicenceChain.", StringComparison.Ordinal) == true && !type.Namespace.EndsWith(".Proto", StringComparison.Ordinal) && !type.Name.Contains('<', StringComparison.Ordinal)
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where !typeof(Node.Storage.Files.IStorageFolder).IsAssignableFrom(type) && !typeof(Hosting.AccessLog.ILogFiles).IsAssignableFrom(type)
        where !method.IsPrivate && Verb().IsMatch(method.Name) && method.GetParameters().Any(p => !p.IsOut && IsRaw(p.ParameterType))
        orderby NameOf(method)
        select method;

    /// <summary>For example <c>Protocol.Blocks.Block.TryParse</c>; overloads share a name.</summary>
    public static string NameOf(MethodInfo method) => method.DeclaringType!.FullName!["LicenceChain.".Length..].Replace('+', '.') + "." + method.Name;

    private static bool IsRaw(Type type)
    {
        if (type.IsByRef) type = type.GetElementType()!;
        return Raw.Contains(type) || typeof(IMessage).IsAssignableFrom(type);
    }

    [GeneratedRegex("^(Try)?(Parse|From|Read|Verify|Open|Peek|Decode|Import|Load|Unseal|Restore|Scan)(?![a-z])")]
    private static partial Regex Verb();
}
