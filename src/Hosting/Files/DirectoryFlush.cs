using System.ComponentModel;
using System.Runtime.InteropServices;

namespace LicenceChain.Hosting.Files;

/// <summary>Makes a creation or rename inside a folder durable. .NET cannot open a folder, so this asks the C library; on Windows the file system journals it.</summary>
public static partial class DirectoryFlush
{
    private const int ReadOnly = 0; // O_RDONLY, the same on Linux and macOS

    /// <summary>Returns once the folder's entries are on disk; throws <see cref="IOException"/> when that failed.</summary>
    public static void Run(string directory)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(directory, ReadOnly);
        if (handle < 0) throw Failure(directory);
        var result = Flush(handle);
        var failure = result < 0 ? Failure(directory) : null;
        _ = Close(handle);
        if (failure is not null) throw failure;
    }

    private static IOException Failure(string directory) =>
        new($"The folder {directory} cannot be flushed to disk.", new Win32Exception(Marshal.GetLastPInvokeError()));

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Flush(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int handle);
}
