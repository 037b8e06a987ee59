namespace LicenceChain.Hosting.Grpc;

/// <summary>What one call carries beside its messages.</summary>
public sealed record GrpcCallOptions
{
    /// <summary>How long the caller waits, sent to the server as the deadline. Null: as long as it takes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>A bearer token, without the word Bearer. Null: none.</summary>
    public string? BearerToken { get; init; }
}
