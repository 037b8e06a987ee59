namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>Says nothing: a dead validator, or one that waits for the others to need it.</summary>
internal sealed class Silence : IStrategy;
