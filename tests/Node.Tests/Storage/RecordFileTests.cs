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
    public void Cutting_the_file_at_any_byte_recovers_the_records_before_the_cut()
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
    public void A_record_can_be_appended_after_a_torn_tail_was_cut()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("log");
        Write(path, [[1, 2, 3], [4, 5, 6]]);
        using (var file = File.OpenWrite(path)) file.SetLength(file.Length - 1);

        using (var log = Open(path, (_, _) => { })) log.Append(0, new byte[] { 7 });

        Assert.Equal([[1, 2, 3], [7]], ReadAll(path));
    }

    [Fact]
    public void A_tail_of_zeros_is_a_torn_one()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("log");
        Write(path, [[1, 2, 3]]);
        using (var file = File.OpenWrite(path)) file.SetLength(file.Length + 5000);

        Assert.Single(ReadAll(path));
    }

    [Fact]
    public void Any_flipped_bit_before_the_last_record_is_found_at_open()
    {
        using var folder = new TemporaryFolder();
        Write(folder.File("whole"), [[1, 2, 3], [4, 5, 6, 7], [8]]);
        var whole = File.ReadAllBytes(folder.File("whole"));
        var lastRecord = whole.Length - RecordFrame.HeadSize - 1;

        for (var bit = 0; bit < lastRecord * 8; bit++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(folder.File("damaged"), damaged);
            Assert.Throws<CorruptStorageException>(() => ReadAll(folder.File("damaged")));
        }
    }

    [Fact]
    public void A_bit_that_flips_after_open_is_found_when_the_record_is_read()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("log");
        Write(path, [[1, 2, 3], [4]]);
        var offsets = new List<long>();
        using var log = Open(path, (_, offset) => offsets.Add(offset));
        using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.Position = RecordFrame.HeadSize;
            file.WriteByte(0xFF);
        }

        Assert.Throws<CorruptStorageException>(() => log.Read(offsets[0], 0));
        Assert.Equal([4], log.Read(offsets[1], 0));
    }

    private static RecordFile Open(string path, Action<RecordHead, long> onRecord) =>
        RecordFile.Open(new DiskFolder(Path.GetDirectoryName(path)!), Path.GetFileName(path), MaxRecord, isTail: true, onRecord);

    private static void Write(string path, IEnumerable<byte[]> records)
    {
        using var file = Open(path, (_, _) => { });
        foreach (var record in records) file.Append(0, record);
        file.Flush();
    }

    private static List<byte[]> ReadAll(string path)
    {
        var offsets = new List<long>();
        using var file = Open(path, (_, offset) => offsets.Add(offset));
        return [.. offsets.Select(offset => file.Read(offset, 0))];
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
