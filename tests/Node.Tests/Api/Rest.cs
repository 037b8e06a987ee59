using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Google.Protobuf;

namespace LicenceChain.Node.Tests.Api;

/// <summary>Sends and reads what the tests need of HTTP.</summary>
internal static class Rest
{
    public const string Protobuf = "application/x-protobuf";

    public static async Task<(HttpStatusCode Status, JsonElement Body)> JsonAsync(this HttpClient http, HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await http.SendAsync(request);
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return (response.StatusCode, document.RootElement.Clone());
    }

    public static async Task<T> ProtobufAsync<T>(this HttpClient http, HttpMethod method, string path, MessageParser<T> parser, HttpContent? content = null)
        where T : IMessage<T>
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(Protobuf));
        using var response = await http.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, Encoding.UTF8.GetString(bytes));
        Assert.Equal(Protobuf, response.Content.Headers.ContentType?.MediaType);
        return parser.ParseFrom(bytes);
    }

    public static HttpContent Message(IMessage message) => Bytes(message.ToByteArray(), Protobuf);

    public static HttpContent Bytes(byte[] bytes, string mediaType) => new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };

    public static HttpContent Json(string text) => new StringContent(text, Encoding.UTF8, "application/json");

    public static string Code(this JsonElement body) => body.GetProperty("code").GetString()!;
}
