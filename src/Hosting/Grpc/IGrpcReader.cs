using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LicenceChain.Hosting.Grpc;

/// <summary>The receiving half of a stream of messages. One reader at a time.</summary>
/// <typeparam name="T">The message type.</typeparam>
public interface IGrpcReader<T>
    where T : class
{
    /// <summary>
    /// The next message, or null once the other side ended the stream well. Throws <see cref="GrpcException"/> when it ended
    /// otherwise, when a message is over the limit or malformed, and <see cref="OperationCanceledException"/> on cancellation.
    /// </summary>
    ValueTask<T?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes a message that has arrived already, without waiting: how a batch is drained after <see cref="ReadAsync"/> gave its first.
    /// False says nothing about the end of the stream.
    /// </summary>
    bool TryRead([NotNullWhen(true)] out T? message);

    /// <summary>All messages until the other side ends the stream.</summary>
    async IAsyncEnumerable<T> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await ReadAsync(cancellationToken) is { } message) yield return message;
    }
}
