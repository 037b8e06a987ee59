namespace LicenceChain.Hosting.Files;

/// <summary>Files with keys, tokens and passphrases: written whole with mode 0600, read only when nobody else may read them.</summary>
public static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Replaces the file in one step; at no time can another user read it, and a crash leaves the old or the new one.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content) => AtomicFile.Write(path, content, OwnerOnly);

    /// <summary>
    /// The file's bytes, for the caller to zero. Throws <see cref="SecretFileException"/> when group or others have any right on it or it is over
    /// <paramref name="maxBytes"/>, and <see cref="FileNotFoundException"/> when there is none.
    /// </summary>
    public static byte[] Read(string path, int maxBytes)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0)
            throw new SecretFileException($"{path} can be read or written by others. Run: chmod 600 '{path}' — and replace the secret if the machine is shared.");
        var length = RandomAccess.GetLength(file);
        if (length > maxBytes) throw new SecretFileException($"{path} has {length} bytes; a secret of this kind has at most {maxBytes}. Is it the right file?");
        var content = new byte[length];
        var read = 0;
        while (read < content.Length)
        {
            var count = RandomAccess.Read(file, content.AsSpan(read), read);
            if (count == 0) throw new EndOfStreamException($"{path} became shorter while it was read.");
            read += count;
        }

        return content;
    }
}
