using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>A block with Prepares of one round: true or not, it is shown as a prepared certificate.</summary>
internal sealed record Claim(uint Round, Block Block, IReadOnlyList<VoteMessage> Prepares);
