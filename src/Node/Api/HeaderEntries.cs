using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.Api;

/// <summary>Headers with their certificates, and the next set where it changes (C-CHANGE), for light clients.</summary>
internal sealed class HeaderEntries(INodeQueries queries)
{
    public HeaderEntry Of(CommittedBlock block)
    {
        var header = block.Block.Header;
        var entry = new HeaderEntry
        {
            Header = UnsafeByteOperations.UnsafeWrap(header.Bytes),
            Certificate = block.Certificate is { } certificate ? UnsafeByteOperations.UnsafeWrap(certificate.Bytes) : ByteString.Empty,
        };
        if (header.Fields.NextValidatorsHash != header.Fields.ValidatorsHash) entry.NextValidators = NextSet(block);
        return entry;
    }

    // A change of the set is announced by an event that carries it; the newest set also stands in the state.
    private ValidatorSetMessage? NextSet(CommittedBlock block)
    {
        var wanted = block.Block.Header.Fields.NextValidatorsHash;
        var candidates = block.Receipts.SelectMany(r => r.Events).Where(e => e.Type == "validators.changed").Select(e => e.Data.Memory);
        if (queries.TryGetState(StateKeys.Validators, out var current)) candidates = candidates.Append(current);
        foreach (var bytes in candidates)
            if (ValidatorSet.TryFrom(ValidatorSetMessage.Parser.ParseFrom(bytes.Span), out var set) && set.Hash == wanted)
                return set.ToMessage();
        return null;
    }
}
