namespace LicenceChain.Cli.Samples;

/// <summary>Bounds on what a samples folder may hold: everything is checked in memory before anything starts.</summary>
internal static class SampleLimits
{
    /// <summary>Largest file: 200,000 licences of about 600 bytes.</summary>
    public const long MaxFileBytes = 128L * 1024 * 1024;

    /// <summary>Most rows in a file; a hundred times the samples that ship.</summary>
    public const int MaxRows = 200_000;

    /// <summary>Longest row, in bytes: 64 attributes of 200 characters of three bytes and their names, and room.</summary>
    public const int MaxRecordBytes = 128 * 1024;

    /// <summary>Longest name or attribute value, in characters: what the chain's records take.</summary>
    public const int MaxTextLength = 200;

    /// <summary>Longest code of a type, matter or agreement, in characters: what the chain's registries take.</summary>
    public const int MaxCodeLength = 64;

    /// <summary>Most attributes of a type.</summary>
    public const int MaxAttributes = 64;

    /// <summary>Ports are laid out for at most this many regions (ten ports each from the base).</summary>
    public const int MaxRegions = 10;
}
