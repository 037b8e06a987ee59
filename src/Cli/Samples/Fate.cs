namespace LicenceChain.Cli.Samples;

/// <summary>What becomes of a sample licence after it was issued.</summary>
internal enum Fate
{
    Unspecified = 0,
    Revoked,
    Suspended,
    Expired,
}
