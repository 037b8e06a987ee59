namespace LicenceChain.Simulation.Network.Disks;

/// <summary>What a program asks of the disk.</summary>
internal enum DiskOperation : byte
{
    None = 0,
    Write = 1,
    Flush = 2,
    Name = 3,
}
