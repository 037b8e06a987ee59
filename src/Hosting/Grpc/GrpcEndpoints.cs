using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LicenceChain.Hosting.Grpc;

/// <summary>
/// Maps gRPC methods as endpoints. The builder that comes back takes <c>RequireAuthorization(policy)</c>: who is not known gets
/// UNAUTHENTICATED, who may not gets PERMISSION_DENIED.
/// </summary>
public static class GrpcEndpoints
{
    /// <summary>One request, one response. <paramref name="path"/> is <c>/package.Service/Method</c>.</summary>
    public static IEndpointConventionBuilder MapUnary<TRequest, TResponse>(
        this IEndpointRouteBuilder endpoints,
        string path,
        MessageParser<TRequest> parser,
        Func<TRequest, GrpcCallContext, Task<TResponse>> handler,
        int maxMessageBytes = GrpcLimits.MaxMessageBytes)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        Map(endpoints, path, maxMessageBytes, async (call, context) =>
        {
            var request = await call.ReadSingleAsync(parser, context.CancellationToken);
            var response = await handler(request, context);
            call.Writer<TResponse>().Write(response); // goes out together with the trailers
        }, CancellationToken.None);

    /// <summary>One request, any number of responses until the handler returns.</summary>
    public static IEndpointConventionBuilder MapServerStreaming<TRequest, TResponse>(
        this IEndpointRouteBuilder endpoints,
        string path,
        MessageParser<TRequest> parser,
        Func<TRequest, IGrpcWriter<TResponse>, GrpcCallContext, Task> handler,
        int maxMessageBytes = GrpcLimits.MaxMessageBytes)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        Map(endpoints, path, maxMessageBytes, async (call, context) =>
        {
            var request = await call.ReadSingleAsync(parser, context.CancellationToken);
            await handler(request, call.Writer<TResponse>(), context);
        }, Stopping(endpoints));

    /// <summary>Both sides send at will; the call ends when the handler returns.</summary>
    public static IEndpointConventionBuilder MapDuplex<TRequest, TResponse>(
        this IEndpointRouteBuilder endpoints,
        string path,
        MessageParser<TRequest> parser,
        Func<IGrpcReader<TRequest>, IGrpcWriter<TResponse>, GrpcCallContext, Task> handler,
        int maxMessageBytes = GrpcLimits.MaxMessageBytes)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        Map(endpoints, path, maxMessageBytes, (call, context) => handler(call.Reader(parser), call.Writer<TResponse>(), context), Stopping(endpoints));

    /// <summary>A stream may live for weeks: it ends when the server begins to stop. A unary call is left to finish.</summary>
    private static CancellationToken Stopping(IEndpointRouteBuilder endpoints) =>
        endpoints.ServiceProvider.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;

    private static IEndpointConventionBuilder Map(
        IEndpointRouteBuilder endpoints, string path, int maxMessageBytes, Func<GrpcServerCall, GrpcCallContext, Task> body, CancellationToken stopping) =>
        endpoints
            .MapPost(path, context => new GrpcServerCall(context, maxMessageBytes, stopping).RunAsync(body))
            .WithMetadata(GrpcEndpointMetadata.Instance)
            .WithDisplayName("gRPC " + path);
}
