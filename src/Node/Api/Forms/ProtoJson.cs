using System.Collections;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace LicenceChain.Node.Api.Forms;

/// <summary>
/// A message as the API's JSON: camelCase names, lower-case hexadecimal for bytes, numbers for numbers, the schema's names for enums. Protobuf's own JSON
/// form has base64 and quotes 64-bit numbers; here ids are for people to read and paste.
/// </summary>
internal static class ProtoJson
{
    // The deepest message of api.proto has four levels.
    private const int MaxDepth = 16;

    /// <summary>Writes the object.</summary>
    public static void Write(Utf8JsonWriter writer, IMessage message) => Write(writer, message, 0);

    private static void Write(Utf8JsonWriter writer, IMessage message, int depth)
    {
        if (depth > MaxDepth) throw new InvalidOperationException($"{message.Descriptor.FullName} nests deeper than {MaxDepth} levels.");
        writer.WriteStartObject();
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            var value = field.Accessor.GetValue(message);
            if (value is null) continue;
            writer.WritePropertyName(field.JsonName);
            if (!field.IsRepeated)
            {
                WriteValue(writer, field, value, depth);
                continue;
            }

            writer.WriteStartArray();
            foreach (var item in (IEnumerable)value) WriteValue(writer, field, item, depth);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, FieldDescriptor field, object value, int depth)
    {
        switch (value)
        {
            case IMessage message: Write(writer, message, depth + 1); break;
            case ByteString bytes: writer.WriteStringValue(Convert.ToHexStringLower(bytes.Span)); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case uint number: writer.WriteNumberValue(number); break;
            case ulong number: writer.WriteNumberValue(number); break;
            case Enum number when field.EnumType.FindValueByNumber(Convert.ToInt32(number, System.Globalization.CultureInfo.InvariantCulture)) is { } named:
                writer.WriteStringValue(named.Name);
                break;
            default: throw new InvalidOperationException($"{field.FullName} has a form that the schema does not use.");
        }
    }
}
