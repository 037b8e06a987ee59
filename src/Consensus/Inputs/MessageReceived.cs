using LicenceChain.Consensus.Messages;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Consensus.Inputs;

/// <summary>A message from a validator, verified on a worker by <see cref="MessageVerifier"/>.</summary>
/// <param name="Now">The local clock.</param>
/// <param name="Message">What was verified.</param>
public sealed record MessageReceived(UnixTime Now, VerifiedMessage Message) : ConsensusInput(Now);
