namespace LicenceChain.Hosting.Grpc;

/// <summary>
/// A call that ended with another status than <see cref="GrpcStatus.Ok"/>. A server handler throws it to refuse;
/// the client side throws it for what the server answered, or for a connection that failed.
/// </summary>
public sealed class GrpcException : Exception
{
    /// <summary>A refusal with <paramref name="status"/> and a message that the other side may read: it must hold no secret.</summary>
    public GrpcException(GrpcStatus status, string message)
        : this(status, message, null)
    {
    }

    /// <summary>As above, keeping the cause for the log; the cause never travels.</summary>
    public GrpcException(GrpcStatus status, string message, Exception? innerException)
        : base(message, innerException)
    {
        if (status == GrpcStatus.Ok) throw new ArgumentException("A failed call cannot carry the status of success.", nameof(status));
        Status = status;
    }

    /// <summary>Never <see cref="GrpcStatus.Ok"/>.</summary>
    public GrpcStatus Status { get; }
}
