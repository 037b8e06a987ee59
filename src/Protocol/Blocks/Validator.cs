using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;

namespace LicenceChain.Protocol.Blocks;

/// <summary>One member's seat in a validator set.</summary>
/// <param name="Member">The organisation that runs it.</param>
/// <param name="Key">The key that signs its votes.</param>
public sealed record Validator(OrganisationCode Member, Sm2PublicKey Key);
