namespace LicenceChain.Hosting.AccessLog;

/// <summary>The folder of one log.</summary>
public interface ILogFiles
{
    /// <summary>Where it is, for messages to the operator.</summary>
    string Location { get; }

    /// <summary>Opens the file of that name, made empty when there is none, for this process alone. The caller disposes it.</summary>
    ILogFile Open(string name);
}
