using System.Globalization;
using LicenceChain.Hosting.Files;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Storage;

/// <summary>
/// C-RESTART where a data directory has neither blocks nor a vote log: is the key new, or was the directory wiped? <c>votes.new</c>, written when a node's folder is made and
/// taken by its first start, says that the key never voted. Without it, on a chain above its genesis, a key that has had a seat counts as one whose log was lost.
/// </summary>
internal sealed class VoteStanding(string dataDirectory)
{
    // The old instance may have been a block ahead of what the peers say now, and have voted on the next.
    private const ulong Ahead = 2;

    private string Log => Path.Combine(dataDirectory, "votes.wal");

    private string Lost => Path.Combine(dataDirectory, "votes.wal.lost");

    private string New => Path.Combine(dataDirectory, "votes.new");

    private string Horizon => Path.Combine(dataDirectory, "votes.horizon");

    /// <summary>
    /// Up to this height a seat of this node's key is one that it may have voted with before: if it turns out to have had one, the log was lost. 0 where nothing was lost.
    /// </summary>
    public Height MayHaveVotedUpTo =>
        File.Exists(Horizon) && ulong.TryParse(File.ReadAllText(Horizon), NumberStyles.None, CultureInfo.InvariantCulture, out var height) ? new Height(height) : default;

    /// <summary>A folder is made for a key that was made just now.</summary>
    public void MarkNew()
    {
        Directory.CreateDirectory(dataDirectory);
        File.WriteAllText(New, "The key of this node has never voted. Its first start takes this file away; never put it back.\n");
    }

    /// <summary>The key may have voted and nobody knows what: the node observes until governance allows it to vote (C-RESTART).</summary>
    public void MarkLost() => File.WriteAllText(Lost, "The vote log was lost: this node observes and does not vote.\n");

    /// <summary>
    /// Settles it once, before the directory's first blocks: peers stand at <paramref name="networkHead"/>, and <paramref name="hadSeat"/> says whether the key is in any
    /// validator set known so far. Returns true when the log counts as lost.
    /// </summary>
    public bool Settle(Height networkHead, bool hadSeat)
    {
        if (File.Exists(Log) || File.Exists(Lost))
        {
            File.Delete(New);
            return File.Exists(Lost);
        }

        if (!File.Exists(New) && networkHead.Value > 0)
        {
            if (hadSeat)
            {
                MarkLost();
                return true;
            }

            AtomicFile.Write(Horizon, System.Text.Encoding.ASCII.GetBytes((networkHead.Value + Ahead).ToString(CultureInfo.InvariantCulture)));
        }

        AtomicFile.Write(Log, []);
        File.Delete(New);
        return false;
    }
}
