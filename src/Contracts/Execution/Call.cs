using Google.Protobuf;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Contracts.Execution;

/// <summary>What a method gets: the block it runs in, who calls, the state, and where its events go.</summary>
internal sealed class Call(BlockContext context, Signer signer, TransactionState state)
{
    private readonly List<EventMessage> _events = [];

    /// <summary>The chain.</summary>
    public ChainId Chain => context.Chain;

    /// <summary>Height of the block.</summary>
    public Height Height => context.Height;

    /// <summary>Version of the protocol in force.</summary>
    public uint Version => context.Version;

    /// <summary>Block time.</summary>
    public UnixTime Now => context.Time;

    /// <summary>Who signed; active, in the method's roles, and unexpired but for <see cref="IsRenewal"/>.</summary>
    public Signer Signer => signer;

    /// <summary>True when the signer's key has expired: it may renew governing keys and do nothing else.</summary>
    public bool IsRenewal => signer.HasExpired(context.Time);

    /// <summary>Events in the order they were raised.</summary>
    public IReadOnlyList<EventMessage> Events => _events;

    /// <summary>The record at <paramref name="key"/>, or null. Shared: change a clone.</summary>
    public T? Find<T>(StateKey key, MessageParser<T> parser)
        where T : class, IMessage<T> => state.Find(key, parser);

    /// <summary>True when there is a record.</summary>
    public bool Exists(StateKey key) => state.Exists(key);

    /// <summary>Writes <paramref name="record"/> and raises the event that carries it.</summary>
    public void Put(StateKey key, IMessage record, string eventType, string subject) => Raise(eventType, subject, state.Put(key, record));

    /// <summary>Writes <paramref name="record"/> without an event.</summary>
    public void Put(StateKey key, IMessage record) => state.Put(key, record);

    /// <summary>Raises an event that carries <paramref name="data"/>.</summary>
    public void Raise(string eventType, string subject, ReadOnlyMemory<byte> data) =>
        _events.Add(new EventMessage { Type = eventType, Subject = subject, Data = UnsafeByteOperations.UnsafeWrap(data) });
}
