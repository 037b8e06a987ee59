using System.Security.Cryptography;
using Google.Protobuf;
using LicenceChain.Load.Network;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Sdk.Client;
using LicenceChain.Sdk.Issuing;

namespace LicenceChain.EndToEnd;

/// <summary>Licences of one type that stand for any, of the network's first agency.</summary>
internal sealed class TestLicences(ProcessNetwork network)
{
    private const string TypeCode = "test-licence";

    private readonly string _type = network.Directory.Regions[0].Bureau.Value + "L01";
    private long _serial;

    /// <summary>Registers the type.</summary>
    public async Task RegisterTypeAsync(LicenceChainClient client, CancellationToken stop)
    {
        using var govern = network.OfficerKey(network.Directory.Regions[0].Bureau, "govern");
        var factory = new TransactionFactory(network.Directory.Chain, govern);
        var type = new LicenceTypeRecord
        {
            Code = TypeCode,
            TypeCode = _type,
            Name = "测试证照",
            EnglishName = "test licence",
            Holder = HolderKind.Person,
            Department = "test",
            Sensitivity = 1,
            Version = 1,
            Attributes = { new AttributeDefinition { Name = "name", Sensitivity = 1 } },
        };
        Assert.Equal("OK", (await client.SubmitAsync(factory.RegisterLicenceType(type, await client.GetValidUntilAsync(stop)), wait: true, stop)).Code);
    }

    /// <summary>One that does not exist yet.</summary>
    public (LicenceId Id, IssueLicence Message) Next()
    {
        var id = LicenceId.Mint(_type, network.Agencies[0], $"T{Interlocked.Increment(ref _serial):D8}", 1);
        return (id, new IssueLicence { Id = id.Value, Type = TypeCode, HolderTag = Random32(), Commitment = Random32(), CredentialHash = Random32(), ValidFromMs = 1 });
    }

    private static ByteString Random32() => ByteString.CopyFrom(RandomNumberGenerator.GetBytes(Hash256.Size));
}
