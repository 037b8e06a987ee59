using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace LicenceChain.Fuzzing.Engine;

/// <summary>Random values of a message type, from its descriptor: every field may be there, in sizes and words that get past the first check.</summary>
internal static class ProtoGenerator
{
    private const int MaxDepth = 6;
    private static readonly int[] Sizes = [0, 1, 16, 20, 31, 32, 33, 64, 65, 100];
    private static readonly string[] Words =
    [
        "", "LC-REC-001", "test-chain", "licencechain-dev", "310000", "330000", "11310000MB1LC0001N", "11100000000013127D001", "resident-id", "school-enrolment", "name", "idNumber",
        "中文姓名", "1.2.156.3005.2", "A\u0000B", "\uFFFD", "2024-02-30", "-1", "9999999999999999999999", "127.0.0.1:80", "../../x",
    ];

    public static IMessage Of(MessageDescriptor descriptor, Random random, int depth = 0)
    {
        var message = descriptor.Parser.ParseFrom(ByteString.Empty);
        foreach (var field in descriptor.Fields.InDeclarationOrder())
        {
            if (random.Next(5) == 0 || (field.RealContainingOneof is { } oneof && random.Next(oneof.Fields.Count) > 0)) continue;
            if (field.FieldType == FieldType.Message && depth >= MaxDepth) continue;
            if (field.IsMap) continue;
            if (field.IsRepeated)
            {
                var list = (System.Collections.IList)field.Accessor.GetValue(message);
                for (var count = random.Next(4); count > 0; count--) list.Add(Value(field, random, depth));
            }
            else
            {
                field.Accessor.SetValue(message, Value(field, random, depth));
            }
        }

        return message;
    }

    private static object Value(FieldDescriptor field, Random random, int depth) => field.FieldType switch
    {
        FieldType.Message => Of(field.MessageType, random, depth + 1),
        FieldType.Bytes => ByteString.CopyFrom(Bytes(random)),
        FieldType.String => Words[random.Next(Words.Length)],
        FieldType.Bool => random.Next(2) == 0,
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, field.EnumType.Values[random.Next(field.EnumType.Values.Count)].Number),
        FieldType.UInt64 or FieldType.Fixed64 => random.Next(2) == 0 ? (ulong)random.Next(5) : ByteMutator.Boundary(random),
        FieldType.UInt32 or FieldType.Fixed32 => random.Next(2) == 0 ? (uint)random.Next(5) : (uint)ByteMutator.Boundary(random),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => (long)ByteMutator.Boundary(random),
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => (int)ByteMutator.Boundary(random),
        FieldType.Double => random.NextDouble(),
        _ => random.NextSingle(),
    };

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[Sizes[random.Next(Sizes.Length)]];
        random.NextBytes(bytes);
        if (bytes.Length == 65 && random.Next(2) == 0) bytes[0] = 4; // an uncompressed point
        return bytes;
    }
}
