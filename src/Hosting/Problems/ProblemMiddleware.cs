using LicenceChain.Hosting.Grpc;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Hosting.Problems;

/// <summary>Outermost of the pipeline: turns exceptions and bare error statuses into problem documents, and never tells a stranger why.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // the caller went away: there is nobody to answer
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = e.StatusCode;
        }
#pragma warning disable CA1031 // The edge of the service: every failure is logged and answered.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.RequestFailed(logger, context.Request.Method, context.Request.Path, e);
            if (context.Response.HasStarted)
            {
                context.Abort(); // half an answer must not look like a whole one
                return;
            }

            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }

        if (IsBareError(context)) await ApiProblem.ForStatus(context.Response.StatusCode).ExecuteAsync(context);
    }

    private static bool IsBareError(HttpContext context) =>
        context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null }
        && context.Response.ContentLength is null or 0
        && context.GetEndpoint()?.Metadata.GetMetadata<GrpcEndpointMetadata>() is null;
}
