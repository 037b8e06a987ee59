using System.Globalization;
using System.Text;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Storage;

/// <summary>C-RESTART: the file beside a vote log that says that an earlier one was lost, and, once known, which height was seen decided since. A new loss forgets that height.</summary>
internal static class VoteLossMarker
{
    private const string LossText = "The vote log was lost: this node observes and does not vote until governance lets its key.\n";

    // Followed by the height in 20 digits and the end of the line.
    private const string SeenLabel = "Decided since, as this node saw it: height ";
    private const int SeenDigits = 20;
    private const int MaxBytes = 512;

    /// <summary>True while the log counts as lost.</summary>
    public static bool Stands(IStorageFolder folder, string log) => folder.Exists(Name(log));

    /// <summary>Durable at return: a crash must not leave an empty log that passes for whole.</summary>
    public static void Write(IStorageFolder folder, string log, Height? seen = null)
    {
        var text = seen is { } height ? string.Create(CultureInfo.InvariantCulture, $"{LossText}{SeenLabel}{height.Value:D20}\n") : LossText;
        using (var file = folder.Open(Name(log)))
        {
            var bytes = Encoding.ASCII.GetBytes(text);
            file.SetLength(bytes.Length);
            file.Write(bytes, 0);
            file.Flush();
        }

        folder.FlushNames();
    }

    /// <summary>The height seen since the loss; null where none was, or where it was torn while it was written: then nothing relied on it.</summary>
    public static Height? ReadSeen(IStorageFolder folder, string log)
    {
        if (!Stands(folder, log)) return null;
        using var file = folder.Open(Name(log));
        Span<byte> bytes = stackalloc byte[MaxBytes];
        var text = Encoding.ASCII.GetString(bytes[..file.Read(bytes, 0)]);
        var at = text.IndexOf(SeenLabel, StringComparison.Ordinal);
        return at >= 0 && text.Length == at + SeenLabel.Length + SeenDigits + 1 && ulong.TryParse(text.AsSpan(at + SeenLabel.Length, SeenDigits), NumberStyles.None, CultureInfo.InvariantCulture, out var height)
            ? new Height(height)
            : null;
    }

    /// <summary>The log counts as whole again; durable at return.</summary>
    public static void Remove(IStorageFolder folder, string log)
    {
        folder.Delete(Name(log));
        folder.FlushNames();
    }

    private static string Name(string log) => log + ".lost";
}
