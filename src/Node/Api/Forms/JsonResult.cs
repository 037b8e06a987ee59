using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace LicenceChain.Node.Api.Forms;

/// <summary>Answers with JSON that is written by hand.</summary>
internal sealed class JsonResult(Action<Utf8JsonWriter> write) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => MessageResult.JsonAsync(httpContext.Response, write, httpContext.RequestAborted);
}
