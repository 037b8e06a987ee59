namespace LicenceChain.Fuzzing.Engine;

/// <summary>An oracle of a target says no: written back differently, a server error, …</summary>
internal sealed class FuzzViolation(string message) : Exception(message);
