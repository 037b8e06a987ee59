using LicenceChain.Load.Network;
using LicenceChain.Protocol.Blocks;

namespace LicenceChain.EndToEnd.Faults;

/// <summary>What a bad disk does to the segment files of a validator.</summary>
internal static class StoredBlocks
{
    /// <summary>Removes blocks and state; what stays is what only this node can have.</summary>
    public static void Lose(ValidatorProcess validator)
    {
        Directory.Delete(Path.Combine(validator.DataFolder, "blocks"), recursive: true);
        foreach (var path in Directory.EnumerateFiles(validator.DataFolder, "state.db*")) File.Delete(path);
    }

    /// <summary>Changes one byte in the middle of a stored block, wherever it lies.</summary>
    public static void Damage(ValidatorProcess validator, CommittedBlock block)
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(validator.DataFolder, "blocks"), "*.seg"))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            var at = bytes.AsSpan().IndexOf(block.Bytes.Span);
            if (at < 0) continue;
            at += block.Bytes.Length / 2;
            file.Position = at;
            file.WriteByte((byte)~bytes[at]);
            file.Flush(flushToDisk: true);
            return;
        }

        Assert.Fail($"No segment of {validator.DataFolder} holds block {block.Block.Header.Height}.");
    }
}
