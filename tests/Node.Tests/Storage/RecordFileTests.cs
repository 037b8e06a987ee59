using FsCheck;
using FsCheck.Fluent;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;

namespace LicenceChain.Node.Tests.Storage;

public sealed class RecordFileTests
{
    private const int MaxRecord = 4096;

    [Fact]
    public void What_was_appended_is_read_back_after_a_restart()
    {
        Prop.ForAll(Records(), records =>
        {
            using var folder = new TemporaryFolder();
            Write(folder.File("log"), records);
            return ReadAll(folder.File("log")).SequenceEqual(records, BytesComparer.Instance);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Cutting_the_file_at_any_byte_leaves_the_records_before_the_cut()
    {
        var records = Enumerable.Range(1, 4).Select(i => Enumerable.Repeat((byte)i, i * 7).ToArray()).ToArray();
        using var folder = new TemporaryFolder();
        Write(folder.File("whole"), records);
        var whole = File.ReadAllBytes(folder.File("whole"));

        for (var cut = 0; cut <= whole.Length; cut++)
        {
            File.WriteAllBytes(folder.File("cut"), whole[..cut]);
            var expected = 0;
            for (var end = 0; expected < records.Length && (end += RecordFrame.HeadSize + records[expected].Length) <= cut;) expected++;
            Assert.Equal(expected, ReadAll(folder.File("cut")).Count);
        }
    }

    [Fact]
    public void Zeros_at_the_end_are_no_records()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("log");
        Write(path, [[1, 2, 3]]);
        using (var file = File.OpenWrite(path)) file.SetLength(file.Length + 5000);

        Assert.Single(ReadAll(path));
    }

    [Fact]
    public void Any_flipped_bit_is_found_and_costs_the_record_it_stands_in_alone()
    {
        byte[][] records = [[1, 2, 3], [4, 5, 6, 7], [8]];
        using var folder = new TemporaryFolder();
        Write(folder.File("whole"), records);
        var whole = File.ReadAllBytes(folder.File("whole"));

        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(folder.File("damaged"), damaged);
            var hit = 0;
            for (var end = RecordFrame.HeadSize + records[0].Length; end <= bit / 8; end += RecordFrame.HeadSize + records[hit].Length) hit++;
            Assert.Equal(records.Where((_, i) => i != hit), ReadAll(folder.File("damaged")), BytesComparer.Instance);
        }
    }

    [Fact]
    public void A_bit_that_flips_after_open_is_found_when_the_record_is_read()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("log");
        Write(path, [[1, 2, 3], [4]]);
        using var log = Open(path);
        var offsets = RecordScan.Of(log, checkPayloads: true).Records.Select(r => r.Offset).ToList();
        using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.Position = RecordFrame.HeadSize;
            file.WriteByte(0xFF);
        }

        Assert.False(log.TryRead(offsets[0], 0, out _));
        Assert.True(log.TryRead(offsets[1], 0, out var last));
        Assert.Equal([4], last);
    }

    [Fact]
    public void Heads_made_up_by_the_thousand_behind_a_gap_do_not_hold_the_scan_up()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("log");
        var head = new byte[RecordFrame.HeadSize];
        RecordFrame.WriteHead(head, 1, new byte[MaxRecord]);
        using (var file = File.Create(path))
            for (var i = 0; i < 50_000; i++)
            {
                file.WriteByte(7);
                file.Write(head);
            }

        using var log = Open(path);

        Assert.Empty(RecordScan.Of(log, checkPayloads: true).Records);
    }

    private static RecordFile Open(string path) => new(new DiskFolder(Path.GetDirectoryName(path)!), Path.GetFileName(path), MaxRecord);

    private static void Write(string path, IEnumerable<byte[]> records)
    {
        using var file = Open(path);
        foreach (var record in records) file.Append(0, record);
        file.Flush();
    }

    private static List<byte[]> ReadAll(string path)
    {
        using var file = Open(path);
        return [.. RecordScan.Of(file, checkPayloads: true).Records.Where(r => r.IsIntact).Select(r => file.TryRead(r.Offset, 0, out var bytes) ? bytes : [])];
    }

    private static Arbitrary<byte[][]> Records() =>
        Gen.ArrayOf(Gen.NonEmptyListOf(Gen.Choose(0, 255)).Select(values => values.Select(v => (byte)v).ToArray())).ToArbitrary();

    private sealed class BytesComparer : IEqualityComparer<byte[]>
    {
        public static BytesComparer Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => obj.Length;
    }
}
