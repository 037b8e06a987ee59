using System.Globalization;
using System.Runtime.InteropServices;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Hosting.AccessLog;

/// <summary>
/// The tree's hashes in tiles of 256, as C2SP tlog-tiles lays them out: tile n of level l holds the roots of 256 neighbouring subtrees of
/// 256^l leaves each. One file a level, one hash after the other, so that tile n stands at byte n·8192. All of it can be made again from
/// the records; it is written after they were flushed, and so never runs ahead of them. Not thread-safe.
/// </summary>
internal sealed class HashTiles : IDisposable
{
    /// <summary>Hashes in a full tile.</summary>
    public const int Width = 256;

    /// <summary>Levels of the tree in one tile.</summary>
    public const int Height = 8;

    /// <summary>Tiles kept in memory, in slots that newer ones take over: 512 × 8 KiB.</summary>
    private const int CacheSlots = 512;

    private const int MaxLevels = 64 / Height;

    private readonly ILogFiles _files;
    private readonly List<Level> _levels = [];
    private readonly CachedTile?[] _cache = new CachedTile?[CacheSlots];

    public HashTiles(ILogFiles files)
    {
        _files = files;
        KnownLeaves = (ulong)(Open(0).File.Length / Hash256.Size);
    }

    /// <summary>Leaf hashes that the files held when they were opened: a lower bound of the records that were confirmed.</summary>
    public ulong KnownLeaves { get; }

    /// <summary>Leaves appended since this object was made.</summary>
    public ulong Leaves => _levels[0].Count;

    /// <summary>Adds leaf hashes at the end, and the hashes above them that become complete.</summary>
    public void Append(ReadOnlySpan<Hash256> leaves)
    {
        var hashes = leaves;
        for (var at = 0; at < MaxLevels && !hashes.IsEmpty; at++)
        {
            var level = Open(at);
            level.File.Write((long)level.Count * Hash256.Size, MemoryMarshal.AsBytes(hashes));
            var complete = new List<Hash256>();
            foreach (ref readonly var hash in hashes)
            {
                level.Last[(int)(level.Count % Width)] = hash;
                if (++level.Count % Width == 0) complete.Add(MerkleTree.Root(level.Last));
            }

            hashes = CollectionsMarshal.AsSpan(complete);
        }
    }

    /// <summary>Cuts away what an older run left behind the end.</summary>
    public void TrimFiles()
    {
        foreach (var level in _levels) level.File.Truncate((long)level.Count * Hash256.Size);
    }

    /// <summary>The first <paramref name="width"/> hashes of a tile; throws when the log does not hold them.</summary>
    public ReadOnlySpan<Hash256> Tile(int level, ulong number, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, Width);
        if (level >= _levels.Count || number > _levels[level].Count / Width || number * Width + (ulong)width > _levels[level].Count)
            throw new ArgumentOutOfRangeException(nameof(number), "The log is not that long yet.");
        var from = _levels[level];
        return (number == from.Count / Width ? from.Last : Full(level, number)).AsSpan(0, width);
    }

    public void Dispose()
    {
        foreach (var level in _levels) level.File.Dispose();
    }

    private Hash256[] Full(int level, ulong number)
    {
        ref var slot = ref _cache[(number * MaxLevels + (ulong)level) % CacheSlots];
        if (slot is { } cached && cached.Level == level && cached.Number == number) return cached.Hashes;
        var hashes = new Hash256[Width];
        _levels[level].File.Read((long)number * Width * Hash256.Size, MemoryMarshal.AsBytes(hashes.AsSpan()));
        // The level above holds this tile's root: a tile that rotted on disk is found before it spoils a proof.
        if (MerkleTree.Root(hashes) != Tile(level + 1, number / Width, (int)(number % Width) + 1)[(int)(number % Width)])
            throw new AccessLogDamagedException($"Tile {number} of level {level} of the access log is damaged. Restart the service: tiles are made again from the records.");
        slot = new CachedTile(level, number, hashes);
        return hashes;
    }

    private Level Open(int level)
    {
        if (level == _levels.Count) _levels.Add(new Level(_files.Open("tiles-" + level.ToString(CultureInfo.InvariantCulture))));
        return _levels[level];
    }

    private sealed class Level(ILogFile file)
    {
        public ILogFile File { get; } = file;

        public Hash256[] Last { get; } = new Hash256[Width];

        public ulong Count { get; set; }
    }

    private sealed record CachedTile(int Level, ulong Number, Hash256[] Hashes);
}
