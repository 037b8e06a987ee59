namespace LicenceChain.Simulation.Network.Disks;

/// <summary>The power goes, at this very operation. Only the simulated machine catches it.</summary>
internal sealed class CrashException() : Exception("The power went.");
