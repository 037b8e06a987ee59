namespace LicenceChain.Fuzzing.Engine;

/// <summary>Damage to the wire form of Protobuf: fields twice, gone, unknown, in another order; varints written long; lengths inflated; nesting; huge counts.</summary>
internal static class ProtoMutator
{
    private const int MaxDepth = 300;
    private const int MaxCount = 5_000;

    public static byte[] Mutate(Random random, byte[] input, byte[] other, int max)
    {
        if (!TrySplit(input, out var fields) || fields.Count == 0) return ByteMutator.Mutate(random, input, other, max);
        var at = random.Next(fields.Count);
        var field = fields[at];

        // Into a nested message, as deep as it goes by chance.
        if (field.Wire == 2 && random.Next(3) > 0 && TrySplit(field.Payload, out var inner) && inner.Count > 0)
            fields[at] = field with { Payload = Mutate(random, field.Payload, other, max) };
        else
            MutateField(random, fields, at, max);
        var result = Join(fields);
        return result.Length > max ? result[..max] : result;
    }

    private static void MutateField(Random random, List<Field> fields, int at, int max)
    {
        var field = fields[at];
        switch (random.Next(11))
        {
            case 0: fields.Insert(random.Next(fields.Count), field); break;
            case 1: fields.RemoveAt(at); break;
            case 2: fields.Insert(at, new Field((ulong)random.Next(1, 60_000), random.Next(6), [.. Varint(ByteMutator.Boundary(random))], 0)); break;
            case 3: fields[at] = field with { Padding = random.Next(1, 10) }; break;
            case 4: fields[at] = field with { Claimed = ByteMutator.Boundary(random) }; break;
            case 5: fields[at] = field with { Payload = Nested(random, field) }; break;
            case 6: Repeat(random, fields, at, max); break;
            case 7: fields[at] = field with { Wire = random.Next(8) }; break;
            case 8: fields[at] = field with { Number = ByteMutator.Boundary(random) }; break;
            case 9: (fields[0], fields[at]) = (fields[at], fields[0]); break;
            default:
                fields[at] = field.Wire == 0
                    ? field with { Payload = [.. Varint(ByteMutator.Boundary(random))] }
                    : field with { Payload = ByteMutator.Mutate(random, field.Payload, [.. "中文\uFFFD\u0000é"u8, 0xC0, 0xAF, 0xED, 0xA0, 0x80], max) };
                break;
        }
    }

    private static void Repeat(Random random, List<Field> fields, int at, int max)
    {
        var size = fields[at].Payload.Length + 6;
        var count = int.Min(random.Next(MaxCount), max / size);
        for (var i = 0; i < count; i++) fields.Add(fields[at]);
    }

    private static byte[] Nested(Random random, Field field)
    {
        var payload = field.Payload;
        for (var depth = random.Next(MaxDepth); depth > 0; depth--) payload = Join([field with { Wire = 2, Payload = payload }]);
        return payload;
    }

    private static bool TrySplit(byte[] bytes, out List<Field> fields)
    {
        fields = [];
        var at = 0;
        while (at < bytes.Length)
        {
            if (!TryVarint(bytes, ref at, out var tag) || tag >> 3 == 0) return false;
            var start = at;
            switch (tag & 7)
            {
                case 0:
                    if (!TryVarint(bytes, ref at, out _)) return false;
                    break;
                case 1: at += 8; break;
                case 5: at += 4; break;
                case 2:
                    if (!TryVarint(bytes, ref at, out var length) || length > (ulong)(bytes.Length - at)) return false;
                    start = at;
                    at += (int)length;
                    break;
                default: return false;
            }

            if (at > bytes.Length) return false;
            fields.Add(new Field(tag >> 3, (int)(tag & 7), bytes[start..at], 0));
        }

        return true;
    }

    private static byte[] Join(List<Field> fields)
    {
        var bytes = new List<byte>();
        foreach (var field in fields)
        {
            bytes.AddRange(Varint((field.Number << 3) | (uint)field.Wire, field.Padding));
            if (field.Wire == 2) bytes.AddRange(Varint(field.Claimed ?? (ulong)field.Payload.Length, field.Padding));
            bytes.AddRange(field.Payload);
        }

        return [.. bytes];
    }

    private static IEnumerable<byte> Varint(ulong value, int padding = 0)
    {
        for (; value >= 0x80; value >>= 7) yield return (byte)(value | 0x80);
        if (padding == 0)
        {
            yield return (byte)value;
            yield break;
        }

        yield return (byte)(value | 0x80);
        for (; padding > 1; padding--) yield return 0x80;
        yield return 0;
    }

    private static bool TryVarint(byte[] bytes, ref int at, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 70 && at < bytes.Length; shift += 7)
        {
            var b = bytes[at++];
            if (shift < 64) value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80) return true;
        }

        return false;
    }

    private sealed record Field(ulong Number, int Wire, byte[] Payload, int Padding, ulong? Claimed = null);
}
