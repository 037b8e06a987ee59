using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LicenceChain.EndToEnd.Faults.Hosts;

/// <summary>The five system calls that a device of packets needs; numbers as on Linux for x64 and arm64.</summary>
internal static class Libc
{
    public const int ReadWrite = 0x2;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    /// <summary>For <see cref="PollEntry"/>: something can be read.</summary>
    public const short Readable = 0x1;

    /// <summary>ioctl: makes the file a device.</summary>
    public const nuint SetInterface = 0x400454ca;

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern SafeFileHandle Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Control(SafeFileHandle file, nuint request, byte[] argument);

    [DllImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint Read(SafeFileHandle file, ref byte buffer, nint count);

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint Write(SafeFileHandle file, ref byte buffer, nint count);

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Poll([In, Out] PollEntry[] entries, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int File;
        public short Wanted;
        public short Got;
    }
}
