namespace LicenceChain.Hosting.Grpc;

/// <summary>Header and trailer names of gRPC over HTTP/2, and the two encodings we know.</summary>
internal static class GrpcHeaders
{
    public const string ContentType = "application/grpc";
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";
    public const string Timeout = "grpc-timeout";
    public const string Encoding = "grpc-encoding";
    public const string AcceptEncoding = "grpc-accept-encoding";
    public const string Identity = "identity";
    public const string Gzip = "gzip";
    public const string KnownEncodings = "identity,gzip";
}
