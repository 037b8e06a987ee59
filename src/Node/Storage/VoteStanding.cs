using LicenceChain.Hosting.Files;
using LicenceChain.Node.Signing;
using LicenceChain.Node.Storage.Files;

namespace LicenceChain.Node.Storage;

/// <summary>
/// C-RESTART where a data directory has no vote log: is the key new, or was a machine lost? Only what was written when the key was made can tell: <c>votes.new</c>, which is made with
/// a node's folder and taken by its first start. Without it the key counts as one whose log was lost, whoever can be asked: peers that answer may be behind, and peers that do not
/// may have seen it vote. Beside the keystore stands whether it has voted (<see cref="UsedKeystore"/>), for the mark that is put back by mistake.
/// </summary>
internal sealed class VoteStanding(string dataDirectory, UsedKeystore keystore)
{
    /// <summary>The vote log within the data directory.</summary>
    public const string LogName = "votes.wal";

    private const string NewName = "votes.new";

    private string New => Path.Combine(dataDirectory, NewName);

    private string Log => Path.Combine(dataDirectory, LogName);

    /// <summary>A folder is made for a key that was made just now.</summary>
    public static void MarkNew(string dataDirectory)
    {
        Directory.CreateDirectory(dataDirectory);
        File.WriteAllText(Path.Combine(dataDirectory, NewName), "The key of this node has never voted. Its first start takes this file away; never put it back.\n");
    }

    /// <summary>Settles it, before the node opens the directory. Returns true when the log counts as lost.</summary>
    public bool Settle()
    {
        var isLost = Decide();
        File.Delete(New); // last: a first start that crashes is the first one again
        return isLost;
    }

    private bool Decide()
    {
        var folder = new DiskFolder(dataDirectory);
        if (VoteLossMarker.Stands(folder, LogName)) return true;
        if (File.Exists(Log)) return false; // what it holds is for whoever opens it
        if (keystore.HasVoted || !File.Exists(New))
        {
            VoteLossMarker.Write(folder, LogName);
            return true;
        }

        AtomicFile.Write(Log, []);
        return false;
    }
}
