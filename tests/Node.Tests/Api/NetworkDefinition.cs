namespace LicenceChain.Node.Tests.Api;

[CollectionDefinition(RunningNetwork.Name)]
public sealed class NetworkDefinition : ICollectionFixture<RunningNetwork>;
