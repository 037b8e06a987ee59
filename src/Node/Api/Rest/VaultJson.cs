using System.Text.Json;
using LicenceChain.Hosting.AccessLog;
using LicenceChain.Node.Api.Forms;
using LicenceChain.Node.Vault;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Api.Rest;

/// <summary>Entries and checkpoints of the vault's log as JSON.</summary>
internal static class VaultJson
{
    /// <summary><c>{origin, size, root, anchored}</c>; <c>anchored</c> is null before the first checkpoint on the chain.</summary>
    public static void WriteCheckpoint(Utf8JsonWriter writer, VaultService vault, LogCheckpoint checkpoint)
    {
        writer.WriteStartObject();
        writer.WriteString("origin", vault.AccessLog.Origin);
        writer.WriteNumber("size", checkpoint.Size);
        writer.WriteString("root", checkpoint.Root.ToString());
        writer.WritePropertyName("anchored");
        if (vault.Anchored is { } anchored) ProtoJson.Write(writer, anchored);
        else writer.WriteNullValue();
        writer.WriteEndObject();
    }

    /// <summary>AccessTrail with its entries' records read.</summary>
    public static void WriteTrail(Utf8JsonWriter writer, AccessTrail trail)
    {
        writer.WriteStartObject();
        writer.WriteString("origin", trail.Origin);
        writer.WritePropertyName("checkpoint");
        if (trail.Checkpoint is { } checkpoint) ProtoJson.Write(writer, checkpoint);
        else writer.WriteNullValue();
        writer.WriteNumber("unanchored", trail.Unanchored);
        writer.WriteStartArray("entries");
        foreach (var entry in trail.Entries) WriteEntry(writer, entry);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The entry's exact bytes, the same read, and its proof.</summary>
    public static void WriteEntry(Utf8JsonWriter writer, AccessEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("bytes", Convert.ToHexStringLower(entry.Record.Span));
        writer.WritePropertyName("record");
        ProtoJson.Write(writer, AccessRecord.Parser.ParseFrom(entry.Record));
        writer.WritePropertyName("inclusion");
        ProtoJson.Write(writer, entry.Inclusion);
        writer.WriteEndObject();
    }
}
