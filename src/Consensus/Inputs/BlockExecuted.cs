using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Consensus.Inputs;

/// <summary>The answer to <see cref="Outputs.ExecuteBlock"/>.</summary>
/// <param name="Now">The local clock.</param>
/// <param name="Digest">Header digest of the block.</param>
/// <param name="Verdict">What it came to.</param>
public sealed record BlockExecuted(UnixTime Now, Hash256 Digest, BlockVerdict Verdict) : ConsensusInput(Now);
