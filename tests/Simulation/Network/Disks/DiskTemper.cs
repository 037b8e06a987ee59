namespace LicenceChain.Simulation.Network.Disks;

/// <summary>How a disk behaves just now.</summary>
internal sealed class DiskTemper
{
    /// <summary>A flush of a solid-state disk.</summary>
    public const ulong UsualFlushUs = 200;

    /// <summary>How long a flush takes at least.</summary>
    public ulong FlushUs { get; set; } = UsualFlushUs;

    /// <summary>Up to so much more.</summary>
    public ulong FlushJitterUs { get; set; } = 800;

    /// <summary>A crash may leave a piece of an unflushed write, or pages of several in any order.</summary>
    public bool TearsWrites { get; set; }

    /// <summary>Flushes say that they are done and do nothing: no honest disk, there to show that it is noticed.</summary>
    public bool Lies { get; set; }

    /// <summary>Bytes that may still be added; null while there is room.</summary>
    public long? RoomLeft { get; set; }
}
