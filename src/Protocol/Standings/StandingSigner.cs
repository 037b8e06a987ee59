namespace LicenceChain.Protocol.Standings;

/// <summary>Signs a standing's bytes in its context: 64 bytes into <paramref name="signature"/>.</summary>
public delegate void StandingSigner(ReadOnlySpan<byte> standing, Span<byte> signature);
