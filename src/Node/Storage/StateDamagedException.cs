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
}
