namespace LicenceChain.Protocol.State;

/// <summary>One change of the state: a new value, or null where the key goes.</summary>
/// <param name="Key">What changes.</param>
/// <param name="Value">Up to 65,536 bytes (an empty list has none), or null.</param>
public readonly record struct StateWrite(StateKey Key, ReadOnlyMemory<byte>? Value);
