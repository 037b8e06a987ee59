using Google.Protobuf;
using LicenceChain.Contracts;
using LicenceChain.Contracts.Authorisations;
using LicenceChain.Contracts.Execution;
using LicenceChain.Contracts.Recognition;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Fuzzing.Engine;
using LicenceChain.Fuzzing.Network;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using static LicenceChain.Fuzzing.Targets.Refusing;

namespace LicenceChain.Fuzzing.Targets;

/// <summary>The arguments of every method of every contract, executed; and the documents inside them.</summary>
internal static class ContractTargets
{
    public static IEnumerable<FuzzTarget> All(SampleChain chain)
    {
        foreach (var method in MethodTable.All) yield return Execution(chain, method);
        yield return new("grant-terms", InputKind.Proto, [Samples.Grant(new UnixTime(TestGenesis.TimeMs)).ToByteArray()], bytes =>
            GrantTerms.TryRead(bytes, TestChain.Id, out var terms, out _) && Same(terms.Statement.ToByteArray(), bytes, "A grant"), "Contracts.Authorisations.GrantTerms.TryRead") { Shape = GrantStatement.Descriptor };
        yield return Message("holder-signature", RegisterGrant.Parser, [], message =>
            HolderSignature.TryVerify(SigningContext.Grant, message.Statement, message.HolderPublicKey, message.HolderSignature, out _, out _), "Contracts.Authorisations.HolderSignature.TryVerify") with { FixedBytes = 2 << 20 };
        yield return Message("recognition-request", RecognitionRequestMessage.Parser, [], message => RecognitionRequest.TryFrom(message, out _, out _), "Contracts.Recognition.RecognitionRequest.TryFrom");
        yield return Message("parameters", ParametersRecord.Parser, [ChainParameters.Default.ToRecord()], message => ChainParameters.TryFrom(message, out _, out _), "Contracts.ChainParameters.TryFrom");
        var genesis = TestGenesis.Message();
        yield return Message("genesis", GenesisMessage.Parser, [genesis], message => GenesisExecutor.TryApply(message, out _, out _)) with { FixedBytes = 16 << 20, BytesPerByte = 2_000 };
    }

    private static FuzzTarget Execution(SampleChain network, Method method)
    {
        var samples = network.Blocks.SelectMany(block => block.Block.Transactions).Where(one => one.Contract == method.Contract && one.Method == method.Name).Take(4).Select(one => one.Arguments.ToArray()).ToList();
        var chain = TestChain.WithLicence();
        var signer = SignerOf(method);
        var shape = typeof(GenesisMessage).Assembly.GetTypes().First(type => type.Name == method.ArgumentName && typeof(IMessage).IsAssignableFrom(type));
        return new FuzzTarget($"method-{method.Contract}-{method.Name}", InputKind.Proto, samples, bytes =>
        {
            // Refused or applied: the block goes on either way.
            var outcome = chain.Execute(chain.SignRaw(signer, method.Contract, method.Name, bytes));
            return outcome.Receipts[0].Applied;
        })
        { Shape = ((IMessage)Activator.CreateInstance(shape)!).Descriptor, FixedBytes = 8 << 20, BytesPerByte = 300 };
    }

    private static Actor SignerOf(Method method) => method switch
    {
        { Contract: "access" } => Cast.Service,
        { Contract: "membership", Name: "evidence" } => Cast.Service,
        _ when method.Keys.Contains(KeyRole.Govern) => Cast.Governor,
        _ when method.Keys.Contains(KeyRole.Issue) => Cast.Issuer,
        _ => Cast.Verifier,
    };
}
