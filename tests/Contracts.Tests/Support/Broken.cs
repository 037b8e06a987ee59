using Google.Protobuf;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Contracts.Tests.Support;

/// <summary>States that differ from a chain's in one record.</summary>
internal static class Broken
{
    public static MemoryState With(TestChain chain, KeyRecord key) =>
        With(chain, StateKeys.Key(Sm2PublicKey.TryParse(key.PublicKey.Span, out var parsed) ? parsed.Id : throw new InvalidOperationException("No key.")), key);

    public static MemoryState With(TestChain chain, MemberRecord member) => With(chain, StateKeys.Member(OrganisationCode.Parse(member.Code)), member);

    private static MemoryState With(TestChain chain, StateKey key, IMessage record) => new([.. chain.State.All(), new StateWrite(key, record.ToByteArray())]);
}
