using LicenceChain.Node.Signing;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Storage;

/// <summary>
/// C-RESTART where a data directory has neither blocks nor a vote log: is the key new, or was a machine lost? That the key has voted stands beside its keystore
/// (<see cref="UsedKeystore"/>); a keystore that was restored from a copy may not know. <c>votes.new</c>, written when a node's folder is made and taken by its first start, says
/// that it never voted. Without either, on a chain above its genesis, a key that has had a seat counts as one whose log was lost.
/// </summary>
internal sealed class VoteStanding(IStorageFolder folder, Func<bool> hasVoted)
{
    /// <summary>The vote log within the data directory.</summary>
    public const string LogName = "votes.wal";

    /// <summary>Says, within the data directory, that the key has never voted.</summary>
    public const string NewName = "votes.new";

    /// <summary>A folder is made for a key that was made just now.</summary>
    public static void MarkNew(string dataDirectory)
    {
        Directory.CreateDirectory(dataDirectory);
        File.WriteAllText(Path.Combine(dataDirectory, NewName), "The key of this node has never voted. Its first start takes this file away; never put it back.\n");
    }

    /// <summary>
    /// Settles it once, before the directory's first blocks: peers stand at <paramref name="networkHead"/>, and <paramref name="hadSeat"/> says whether the key is in any
    /// validator set known so far. Returns true when the log counts as lost.
    /// </summary>
    public bool Settle(Height networkHead, bool hadSeat)
    {
        var isNew = folder.Exists(NewName);
        folder.Delete(NewName);
        if (folder.Exists(LogName)) return false; // what it holds is for whoever opens it
        if (VoteLossMarker.Stands(folder, LogName)) return true;
        if (hasVoted() || (hadSeat && !isNew && networkHead.Value > 0))
        {
            VoteLossMarker.Write(folder, LogName);
            return true;
        }

        using (var log = folder.Open(LogName)) log.Flush();
        folder.FlushNames();
        return false;
    }
}
