using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace LicenceChain.Node.Api.Forms;

/// <summary>Answers with a message in the form that the caller accepts.</summary>
internal sealed class MessageResult(IMessage message, int status = StatusCodes.Status200OK) : IResult
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        if (Negotiation.WantsProtobuf(httpContext.Request)) await ProtobufAsync(httpContext.Response, message, httpContext.RequestAborted);
        else await JsonAsync(httpContext.Response, writer => ProtoJson.Write(writer, message), httpContext.RequestAborted);
    }

    private static async Task ProtobufAsync(HttpResponse response, IMessage message, CancellationToken cancellationToken)
    {
        response.ContentType = Negotiation.Protobuf;
        // Through an array: Protobuf advances a writer before it asks for memory, which Kestrel's refuses as a call out of order.
        var bytes = message.ToByteArray();
        response.ContentLength = bytes.Length;
        await response.BodyWriter.WriteAsync(bytes, cancellationToken);
    }

    /// <summary>Sends whatever <paramref name="write"/> writes.</summary>
    public static async Task JsonAsync(HttpResponse response, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        response.ContentType = "application/json; charset=utf-8";
        await using (var writer = new Utf8JsonWriter(response.BodyWriter, Options)) write(writer);
        await response.BodyWriter.FlushAsync(cancellationToken);
    }
}
