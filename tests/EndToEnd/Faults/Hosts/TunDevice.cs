using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace LicenceChain.EndToEnd.Faults.Hosts;

/// <summary>
/// A network interface whose packets come out of a file and go into it. It is made in our own namespace and may be moved into another: the file goes on working. It is gone
/// when the file is closed, whatever ends this process.
/// </summary>
internal sealed class TunDevice : IDisposable
{
    // struct ifreq: the name, 16 bytes with its zero, then the flags.
    private const int RequestBytes = 40;
    private const int NameBytes = 16;
    private const ushort RawPackets = 0x1001; // IFF_TUN | IFF_NO_PI: IP packets as they are

    private readonly SafeFileHandle _file;

    private TunDevice(SafeFileHandle file, string name) => (_file, Name) = (file, name);

    /// <summary>Name of the interface.</summary>
    public string Name { get; }

    /// <summary>For poll.</summary>
    public int Descriptor => (int)_file.DangerousGetHandle();

    /// <summary>Makes it, down and without an address; throws <see cref="HostsUnavailableException"/> with the reason where the machine does not let us.</summary>
    public static TunDevice Create(string name)
    {
        var file = Libc.Open("/dev/net/tun\0"u8.ToArray(), Libc.ReadWrite | Libc.NonBlocking | Libc.CloseOnExec);
        if (file.IsInvalid) throw new HostsUnavailableException($"/dev/net/tun does not open: {Marshal.GetLastPInvokeErrorMessage()}");
        var request = new byte[RequestBytes];
        Encoding.ASCII.GetBytes(name, request);
        BinaryPrimitives.WriteUInt16LittleEndian(request.AsSpan(NameBytes), RawPackets);
        if (Libc.Control(file, Libc.SetInterface, request) == 0) return new TunDevice(file, name);
        var why = Marshal.GetLastPInvokeErrorMessage();
        file.Dispose();
        throw new HostsUnavailableException($"no TUN device can be made: {why}");
    }

    /// <summary>Takes what the host sends, into <paramref name="buffer"/>; its length, or 0 when nothing waits.</summary>
    public int Read(Span<byte> buffer) => (int)nint.Max(0, Libc.Read(_file, ref MemoryMarshal.GetReference(buffer), buffer.Length));

    /// <summary>Gives a packet to the host; false when it takes none: its interface is down, or its queue full.</summary>
    public bool Write(Span<byte> packet) => Libc.Write(_file, ref MemoryMarshal.GetReference(packet), packet.Length) == packet.Length;

    public void Dispose() => _file.Dispose();
}
