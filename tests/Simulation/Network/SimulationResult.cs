using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Simulation.Network;

/// <summary>What a run came to.</summary>
/// <param name="Settings">What was run.</param>
/// <param name="Failure">The promise that was broken; null when none was.</param>
/// <param name="Trace">SM3 over everything that happened.</param>
/// <param name="SimulatedUs">Simulated time.</param>
/// <param name="Blocks">Blocks decided.</param>
/// <param name="Acknowledged">Transactions that clients were told are committed.</param>
/// <param name="Crashes">Times that a machine lost power, was killed or stopped.</param>
/// <param name="HighestRound">The latest round that a block was decided in.</param>
/// <param name="Votes">Signed votes sent.</param>
/// <param name="RecoveryUs">From the end of the faults to the next block.</param>
/// <param name="Adopted">Proposals that governance adopted.</param>
/// <param name="Joined">Times that a machine came to the chain by a snapshot.</param>
/// <param name="Archived">Nodes that do not hold the first blocks any more.</param>
internal sealed record SimulationResult(
    SimulationSettings Settings, string? Failure, Hash256 Trace, ulong SimulatedUs, ulong Blocks, int Acknowledged, int Crashes, uint HighestRound, int Votes, ulong RecoveryUs, int Adopted, int Joined, int Archived);
