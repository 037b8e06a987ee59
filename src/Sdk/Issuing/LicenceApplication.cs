using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Sdk.Issuing;

/// <summary>What an agency decided to certify.</summary>
/// <param name="Licence">The identifier it minted.</param>
/// <param name="Type">Catalogue code of the licence type.</param>
/// <param name="Holder">The holder's public key.</param>
/// <param name="Attributes">Every attribute of the type by name. Personal data: it goes to the vault and to the holder, never to the chain.</param>
/// <param name="ValidFrom">First instant at which it is valid.</param>
/// <param name="ValidUntil">First instant at which it is no longer valid; 0: no end.</param>
public sealed record LicenceApplication(
    LicenceId Licence, string Type, Sm2PublicKey Holder, IReadOnlyDictionary<string, string> Attributes, UnixTime ValidFrom, UnixTime ValidUntil)
{
    /// <summary>The identifier and type: the attributes are personal data.</summary>
    public override string ToString() => $"{Type} {Licence}";
}
