using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Storage;

/// <summary>C-WAL: what this node's key has signed, on disk before it is sent.</summary>
internal interface IVoteLog : IDisposable
{
    /// <summary>The records as they were found at open, oldest first.</summary>
    IReadOnlyList<WalRecordMessage> Recovered { get; }

    /// <summary>C-RESTART: true when a log that had existed is missing or damaged: the key may have signed what this node no longer knows.</summary>
    bool WasLost { get; }

    /// <summary>C-RESTART: the first height that this node saw decided since the loss; null before. The key may have signed anything up to it.</summary>
    Height? SeenSinceLoss { get; }

    /// <summary>Keeps that height, durably; only the first counts.</summary>
    void NoteSeen(Height decided);

    /// <summary>C-RESTART: governance let the key vote again, and what it may vote on lies above the stored chain. Durable at return: from then on the log counts as whole.</summary>
    void Readmit();

    /// <summary>Appends a record. It counts only after <see cref="Flush"/>.</summary>
    void Append(WalRecordMessage record);

    /// <summary>Returns once every appended record is on the disk.</summary>
    void Flush();

    /// <summary>
    /// The chain is stored up to <paramref name="decided"/>: records of those heights are needed no more. While any record is of a later height all stay
    /// (C-RESTART): the log may be ahead of a chain that is fetched anew, and a crash must find what the key signed there.
    /// </summary>
    void Prune(Height decided);
}
