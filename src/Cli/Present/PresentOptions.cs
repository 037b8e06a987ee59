namespace LicenceChain.Cli.Present;

/// <summary>What <c>present</c> was asked to do.</summary>
/// <param name="Licence">Identifier or serial.</param>
/// <param name="Audience">Organisation code of the relying member.</param>
/// <param name="Matter">For which matter.</param>
/// <param name="Attributes">Names of the attributes to show.</param>
/// <param name="Nonce">Hexadecimal; null: a random one.</param>
/// <param name="Grant">Id of a grant that exists, hexadecimal; null: none.</param>
/// <param name="Authorise">Sign a grant for the same attributes and have it registered.</param>
/// <param name="Hours">How long that grant holds.</param>
/// <param name="Uses">How often it may be used.</param>
internal sealed record PresentOptions(
    string Licence, string Audience, string Matter, IReadOnlyList<string> Attributes, string? Nonce, string? Grant, bool Authorise, int Hours, int Uses);
