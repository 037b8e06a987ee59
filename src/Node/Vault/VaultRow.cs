using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Vault;

/// <summary>One licence's data as it lies on disk.</summary>
/// <param name="Licence">Whose.</param>
/// <param name="Credential">SM3 of the credential that the data belongs to.</param>
/// <param name="WrappedKey">Nonce, the data key under the master key, tag.</param>
/// <param name="Ciphertext">Nonce, the deposit under the data key, tag.</param>
internal sealed record VaultRow(LicenceId Licence, Hash256 Credential, ReadOnlyMemory<byte> WrappedKey, ReadOnlyMemory<byte> Ciphertext);
