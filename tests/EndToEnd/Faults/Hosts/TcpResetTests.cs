namespace LicenceChain.EndToEnd.Faults.Hosts;

/// <summary>Resets that a kernel must believe: what is said of them here is what RFC 9293 asks of a segment.</summary>
public sealed class TcpResetTests
{
    // 10.203.1.11:40000 to 10.203.1.12:20000, number 0x01020304; flags at 33.
    private static readonly byte[] Segment =
    [
        0x45, 0, 0, 40, 0, 0, 0, 0, 64, 6, 0, 0, 10, 203, 1, 11, 10, 203, 1, 12,
        0x9c, 0x40, 0x4e, 0x20, 1, 2, 3, 4, 9, 9, 9, 9, 0x50, 0, 0, 0, 0, 0, 0, 0,
    ];

    [Fact]
    public void A_dial_is_refused_to_who_dialled()
    {
        var reset = new byte[TcpReset.Bytes];
        var dial = With(0x02);
        Assert.True(TcpReset.IsDial(dial));
        TcpReset.Refuse(dial, reset);

        Assert.Equal([10, 203, 1, 12, 10, 203, 1, 11, 0x4e, 0x20, 0x9c, 0x40], reset[12..24]);
        Assert.Equal([0, 0, 0, 0, 1, 2, 3, 5], reset[24..32]); // acknowledges the dial, so that it counts
        Assert.Equal(0x14, reset[33]);
        AssertSums(reset);
    }

    [Fact]
    public void A_packet_of_a_connection_becomes_its_end_at_the_very_byte_that_is_expected()
    {
        var reset = new byte[TcpReset.Bytes];
        var data = With(0x18);
        Assert.False(TcpReset.IsDial(data));
        TcpReset.Replace(data, reset);

        Assert.Equal(data[12..28], reset[12..28]);
        Assert.Equal(0x04, reset[33]);
        AssertSums(reset);
    }

    [Fact]
    public void A_reset_and_what_is_not_TCP_pass()
    {
        Assert.False(TcpReset.IsOfConnection(With(0x14)));
        Assert.False(TcpReset.IsOfConnection([.. With(0x18)[..9], 1, .. With(0x18)[10..]]));
        Assert.False(TcpReset.IsOfConnection(With(0x18).AsSpan(0, 24)));
        Assert.True(TcpReset.IsOfConnection(With(0x18)));
    }

    private static byte[] With(byte flags)
    {
        var segment = (byte[])Segment.Clone();
        segment[33] = flags;
        return segment;
    }

    // A sum over header and checksum is all ones (RFC 1071).
    private static void AssertSums(byte[] reset)
    {
        Assert.Equal(0xffff, Sum(reset[..20]));
        Assert.Equal(0xffff, Sum([.. reset[12..20], 0, 6, 0, 20, .. reset[20..]]));
    }

    private static int Sum(byte[] bytes)
    {
        var sum = 0;
        for (var i = 0; i < bytes.Length; i += 2) sum += (bytes[i] << 8) | bytes[i + 1];
        while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
        return sum;
    }
}
