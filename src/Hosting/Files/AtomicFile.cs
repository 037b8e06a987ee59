namespace LicenceChain.Hosting.Files;

/// <summary>Replaces a whole file so that a crash leaves either the old or the new content, on disk.</summary>
public static class AtomicFile
{
    private const UnixFileMode Default = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes beside the file, flushes, renames over it, and flushes the folder. One writer at a time for one path.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content) => Write(path, content, Default);

    /// <summary>As above with the mode the file has from its first byte on (ignored on Windows).</summary>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        path = Path.GetFullPath(path);
        var temporary = path + ".new";
        File.Delete(temporary); // left by a crash: never opened again, since its mode may be another
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        DirectoryFlush.Run(Path.GetDirectoryName(path)!);
    }
}
