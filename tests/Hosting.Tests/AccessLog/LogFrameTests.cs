using FsCheck;
using FsCheck.Fluent;
using LicenceChain.Hosting.AccessLog;

namespace LicenceChain.Hosting.Tests.AccessLog;

/// <summary>FsCheck prints the seed of a failure.</summary>
public sealed class LogFrameTests
{
    [Fact]
    public void Frame_is_read_back_with_all_it_says() => Prop.ForAll<ulong, ulong, NonEmptyArray<byte>>((index, first, record) =>
    {
        var bytes = Framed(index, first, record.Get);
        return LogFrame.TryRead(bytes, out var read) && (read.Length, read.Index, read.BatchFirst) == (record.Get.Length, index, first);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Frame_with_any_byte_of_its_header_changed_is_refused() =>
        Prop.ForAll(Gen.Choose(0, LogFrame.HeaderBytes - 1).Zip(Gen.Choose(1, 255)).ToArbitrary(), change =>
        {
            var bytes = Framed(7, 5, [1, 2, 3]);
            bytes[change.Item1] ^= (byte)change.Item2;
            return !LogFrame.TryRead(bytes, out _);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void Any_bytes_are_no_frame() => Prop.ForAll<byte[]>(bytes => !LogFrame.TryRead(bytes, out _)).QuickCheckThrowOnFailure();

    private static byte[] Framed(ulong index, ulong first, byte[] record)
    {
        var bytes = new byte[LogFrame.HeaderBytes + record.Length];
        LogFrame.Write(bytes, index, first, record, out _);
        return bytes;
    }
}
