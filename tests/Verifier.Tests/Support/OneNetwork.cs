namespace LicenceChain.Verifier.Tests.Support;

[CollectionDefinition(Name)]
public sealed class OneNetwork : ICollectionFixture<TestNetwork>
{
    public const string Name = "one network";
}
