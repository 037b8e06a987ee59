namespace LicenceChain.Hosting.AccessLog;

/// <summary>The folder of one log.</summary>
public interface ILogFiles
{
    /// <summary>Opens the file of that name, made empty when there is none, for this process alone. The caller disposes it.</summary>
    ILogFile Open(string name);
}
