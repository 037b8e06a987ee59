using LicenceChain.Node.Configuration;

namespace LicenceChain.Cli.Clients;

/// <summary>Opens a network directory for a command; what is wrong with it is bad input.</summary>
internal static class OpenNetwork
{
    public static NetworkDirectory At(string path)
    {
        if (!NetworkDirectory.Exists(path)) throw CommandFailure.BadInput($"'{path}' holds no network. Start one with 'licencechain up', or name another folder with --dir.");
        return NetworkDirectory.Open(path);
    }
}
