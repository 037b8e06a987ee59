using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Storage;

/// <summary>Which block the state's rows stand after.</summary>
/// <param name="Height">Its height.</param>
/// <param name="Root">The state root that the rows must give.</param>
/// <param name="DecidedBy">Encoding of the validator set that decided that block; the next block's last commit is checked against it.</param>
internal record StateMark(Height Height, Hash256 Root, ReadOnlyMemory<byte> DecidedBy);
