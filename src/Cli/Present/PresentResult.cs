using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Present;

/// <summary>A presentation and the grant it names.</summary>
internal sealed record PresentResult(Presentation Presentation, GrantId? Grant);
