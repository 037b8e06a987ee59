using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Configuration;

/// <summary>A region that was added to a network directory, before the chain knows it.</summary>
/// <param name="Region">Its files and ports.</param>
/// <param name="Key">Its node's consensus key.</param>
/// <param name="AdmissionPath">What governance has to adopt: <see cref="NetworkExtension.AdmissionFile"/>.</param>
public sealed record AddedRegion(NetworkRegion Region, KeyId Key, string AdmissionPath);
