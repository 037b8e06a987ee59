namespace LicenceChain.Cli.Why;

/// <summary>A node whose API the command line knows.</summary>
/// <param name="Address">Its REST API.</param>
/// <param name="Member">Organisation code of who runs it; null when only the address was given.</param>
/// <param name="Start">The command that starts it; null when it is not known here.</param>
internal sealed record NodeToAsk(Uri Address, string? Member, string? Start);
