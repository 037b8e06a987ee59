namespace LicenceChain.Hosting.Grpc;

/// <summary>
/// The status a gRPC call ends with. The numbers are gRPC's own wire values, which is why zero is <see cref="Ok"/> here
/// and nowhere else: a <see cref="GrpcException"/> never carries it.
/// </summary>
public enum GrpcStatus
{
    /// <summary>The call succeeded.</summary>
    Ok = 0,

    /// <summary>The caller gave up.</summary>
    Cancelled = 1,

    /// <summary>The other side gave no usable status.</summary>
    Unknown = 2,

    /// <summary>The request is malformed or out of range.</summary>
    InvalidArgument = 3,

    /// <summary>The time the caller allowed has passed.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for does not exist.</summary>
    NotFound = 5,

    /// <summary>What was to be made exists already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known and may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A limit is reached: message size, queue, quota.</summary>
    ResourceExhausted = 8,

    /// <summary>The system is not in the state that the call needs.</summary>
    FailedPrecondition = 9,

    /// <summary>A conflict with another call; the caller may start over.</summary>
    Aborted = 10,

    /// <summary>A position lies beyond the end.</summary>
    OutOfRange = 11,

    /// <summary>No such method, or an encoding that is not understood.</summary>
    Unimplemented = 12,

    /// <summary>The server failed, or the peer broke the protocol.</summary>
    Internal = 13,

    /// <summary>The service cannot be reached now; the same call may succeed later.</summary>
    Unavailable = 14,

    /// <summary>Data was lost.</summary>
    DataLoss = 15,

    /// <summary>The caller did not prove who it is.</summary>
    Unauthenticated = 16,
}
