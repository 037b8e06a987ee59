namespace LicenceChain.Node.Rehearsals;

/// <summary>What a rehearsal executes, and where.</summary>
public sealed record RehearsalOptions
{
    /// <summary>At least so many of the last blocks, beginning at the newest snapshot below them; null: all that are held. At least 1.</summary>
    public ulong? Blocks { get; init; }

    /// <summary>Folder for the rows while it lasts, removed afterwards; null: the system's temporary folder. As large as state.db.</summary>
    public string? WorkFolder { get; init; }
}
