namespace LicenceChain.Cli.Why;

/// <summary>Something that keeps a validator from voting, or the chain from moving.</summary>
/// <param name="Code">A stable word for scripts.</param>
/// <param name="Where">The validator, as people call it; "network" when it is no single one's.</param>
/// <param name="What">What is the matter, in English and Chinese.</param>
/// <param name="Remedy">What to do, in English and Chinese.</param>
internal sealed record Problem(string Code, string Where, string What, string Remedy);
