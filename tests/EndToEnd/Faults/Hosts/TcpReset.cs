using System.Buffers.Binary;

namespace LicenceChain.EndToEnd.Faults.Hosts;

/// <summary>What a firewall sends in place of a packet that it rejects: TCP's RST, in the form that the receiving kernel believes (RFC 9293, RFC 5961).</summary>
internal static class TcpReset
{
    /// <summary>Length of a reset: two headers without options.</summary>
    public const int Bytes = IpHeader + TcpHeader;

    private const int IpHeader = 20;
    private const int TcpHeader = 20;
    private const byte Tcp = 6;
    private const byte Rst = 0x04;
    private const byte Ack = 0x10;
    private const byte Syn = 0x02;

    /// <summary>True for a first packet of a connection: the refusal goes back to who sent it.</summary>
    public static bool IsDial(ReadOnlySpan<byte> packet) => IsTcp(packet) && (Flags(packet) & (Syn | Ack)) == Syn;

    /// <summary>True for a packet that belongs to a connection and is no reset itself.</summary>
    public static bool IsOfConnection(ReadOnlySpan<byte> packet) => IsTcp(packet) && (Flags(packet) & Rst) == 0;

    /// <summary>Writes the answer to a dial: nobody listens here.</summary>
    public static void Refuse(ReadOnlySpan<byte> dial, Span<byte> reset)
    {
        var tcp = dial[Length(dial)..];
        var next = BinaryPrimitives.ReadUInt32BigEndian(tcp[4..]) + 1;
        Write(reset, dial[16..20], dial[12..16], tcp[2..4], tcp[..2], sequence: 0, next, Rst | Ack);
    }

    /// <summary>Writes what the receiver of <paramref name="packet"/> gets in its place: the end, at the very byte that it expects next.</summary>
    public static void Replace(ReadOnlySpan<byte> packet, Span<byte> reset)
    {
        var tcp = packet[Length(packet)..];
        Write(reset, packet[12..16], packet[16..20], tcp[..2], tcp[2..4], BinaryPrimitives.ReadUInt32BigEndian(tcp[4..]), acknowledged: 0, Rst);
    }

    private static bool IsTcp(ReadOnlySpan<byte> packet) => packet.Length >= IpHeader + TcpHeader && packet[9] == Tcp && packet.Length >= Length(packet) + TcpHeader;

    private static int Length(ReadOnlySpan<byte> packet) => (packet[0] & 0x0f) * 4;

    private static byte Flags(ReadOnlySpan<byte> packet) => packet[Length(packet) + 13];

    private static void Write(Span<byte> reset, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, ReadOnlySpan<byte> fromPort, ReadOnlySpan<byte> toPort, uint sequence, uint acknowledged, byte flags)
    {
        reset[..Bytes].Clear();
        reset[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(reset[2..], Bytes);
        reset[8] = 64;
        reset[9] = Tcp;
        from.CopyTo(reset[12..]);
        to.CopyTo(reset[16..]);
        BinaryPrimitives.WriteUInt16BigEndian(reset[10..], Checksum(reset[..IpHeader], 0));
        var tcp = reset[IpHeader..Bytes];
        fromPort.CopyTo(tcp);
        toPort.CopyTo(tcp[2..]);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], acknowledged);
        tcp[12] = TcpHeader / 4 << 4;
        tcp[13] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], Checksum(tcp, Sum(reset[12..20]) + Tcp + TcpHeader)); // with the pseudo header
    }

    private static ushort Checksum(ReadOnlySpan<byte> bytes, uint before)
    {
        var sum = before + Sum(bytes);
        while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~sum;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0U;
        for (var i = 0; i < bytes.Length; i += 2) sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
        return sum;
    }
}
