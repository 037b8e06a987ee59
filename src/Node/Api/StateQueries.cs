using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Api;

/// <summary>Reads of the state that REST and gRPC share.</summary>
internal static class StateQueries
{
    /// <summary>The value at the head and a height at which it stood there.</summary>
    public static QueryReply Ask(INodeQueries queries, StateKey key)
    {
        // The height first: a block committed in between makes the value younger than the height says, never older.
        var height = queries.Status.Height.Value;
        var found = queries.TryGetState(key, out var value);
        return new QueryReply
        {
            Found = found,
            Height = height,
            Key = ByteString.CopyFrom(key.Span),
            Value = found ? UnsafeByteOperations.UnsafeWrap(value) : ByteString.Empty,
        };
    }

    /// <summary>1 to 64 distinct keys; false with the reason.</summary>
    public static bool TryReadKeys(ProveRequest request, out List<StateKey> keys, [NotNullWhen(false)] out Refusal? refusal)
    {
        keys = new List<StateKey>(request.Keys.Count);
        refusal = null;
        var seen = new HashSet<StateKey>();
        if (request.Keys.Count is 0 or > ProtocolLimits.MaxProofKeys)
            refusal = new Refusal(ApiCodes.BadProofKeys, $"A proof is for 1 to {ProtocolLimits.MaxProofKeys} keys, not {request.Keys.Count}.");
        foreach (var bytes in request.Keys)
        {
            if (refusal is not null) break;
            if (!StateKey.TryFrom(bytes.Span, out var key)) refusal = new Refusal(ApiCodes.BadProofKeys, $"A key has 1 to {ProtocolLimits.MaxStateKeyBytes} bytes.");
            else if (!seen.Add(key)) refusal = new Refusal(ApiCodes.BadProofKeys, "A key is named twice.");
            else keys.Add(key);
        }

        return refusal is null;
    }
}
