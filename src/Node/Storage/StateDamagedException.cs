namespace LicenceChain.Node.Storage;

/// <summary>The rows of the state are not those of the chain. They are derived: whoever opens the stores puts the file aside and has it built again.</summary>
internal sealed class StateDamagedException : Exception
{
    public StateDamagedException(string message)
        : base(message)
    {
    }

    public StateDamagedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A row, as people call its key, does not hash to what the state tree says. SQLite's pages have no checksum.</summary>
    public static StateDamagedException Row(string key) => new($"The row {key} is not the one under the state root.");
}
