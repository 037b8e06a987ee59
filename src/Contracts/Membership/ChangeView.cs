using Google.Protobuf;
using LicenceChain.Contracts.Execution;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.State;

namespace LicenceChain.Contracts.Membership;

/// <summary>
/// The state as a proposal's changes so far would have it. Each change sees those before it; nothing is written until all of them held and
/// <see cref="Commit"/> is called, so that a proposal can be tried when it is made and counts whole when it is adopted.
/// </summary>
internal sealed class ChangeView(Call call)
{
    // Lookup only; what is written goes out in the order of _writes.
    private readonly Dictionary<StateKey, IMessage> _changed = [];
    private readonly List<(StateKey Key, IMessage Record, string? Event, string Subject, IMessage? Data)> _writes = [];

    /// <summary>Height of the block.</summary>
    public Height Height => call.Height;

    /// <summary>Block time.</summary>
    public UnixTime Now => call.Now;

    /// <summary>The record at <paramref name="key"/>, or null. Shared: change a clone.</summary>
    public T? Find<T>(StateKey key, MessageParser<T> parser)
        where T : class, IMessage<T> => _changed.TryGetValue(key, out var own) ? (T)own : call.Find(key, parser);

    /// <summary>Replaces a record; <paramref name="eventType"/> tells it, carrying <paramref name="data"/> or else the record.</summary>
    public void Put(StateKey key, IMessage record, string? eventType = null, string subject = "", IMessage? data = null)
    {
        _changed[key] = record;
        _writes.Add((key, record, eventType, subject, data));
    }

    /// <summary>Writes everything, in order, with its events.</summary>
    public void Commit()
    {
        foreach (var (key, record, eventType, subject, data) in _writes)
        {
            call.Put(key, record);
            if (eventType is not null) call.Raise(eventType, subject, (data ?? record).ToByteArray());
        }
    }
}
