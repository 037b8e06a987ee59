using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus;

/// <summary>Where a node resumes (C-RESTART).</summary>
/// <param name="Head">The last block that is stored and applied.</param>
/// <param name="Validators">The set that decides the height above <paramref name="Head"/>.</param>
/// <param name="Signer">The key that votes; null for an observer.</param>
/// <param name="Log">The write-ahead log as it was read, oldest record first; records of decided heights are ignored.</param>
/// <param name="LogLost">True when the log is missing or damaged: the node observes and does not vote.</param>
public sealed record ConsensusStart(BlockHeader Head, ValidatorSet Validators, IVoteSigner? Signer, IReadOnlyList<WalRecordMessage> Log, bool LogLost);
