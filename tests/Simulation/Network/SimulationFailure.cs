namespace LicenceChain.Simulation.Network;

/// <summary>A promise was broken. Whoever runs the simulation adds seed, commit and the command that replays it.</summary>
internal sealed class SimulationFailure(string message, Exception? inner = null) : Exception(message, inner);
