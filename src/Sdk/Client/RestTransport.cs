using System.Net.Http.Headers;
using System.Net;
using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Encoding;

namespace LicenceChain.Sdk.Client;

/// <summary>Protobuf over REST: one place that sends, bounds, retries what may be repeated, and turns errors into <see cref="LicenceChainException"/>.</summary>
internal sealed class RestTransport(HttpClient http, LicenceChainClientOptions options)
{
    public const string ProtobufType = "application/x-protobuf";

    private const int MaxAnswerBytes = CommittedBlock.MaxBytes; // the largest thing a node serves

    public LicenceChainClientOptions Options => options;

    /// <summary>Null where the node says 404.</summary>
    public Task<T?> GetAsync<T>(string path, MessageParser<T> parser, CancellationToken cancellation)
        where T : class, IMessage<T> => GetAsync(path, parser.ParseFrom, cancellation);

    /// <summary>Null where the node says 404; <paramref name="parse"/> reads the whole body.</summary>
    public async Task<T?> GetAsync<T>(string path, Func<byte[], T> parse, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await SendAsync(HttpMethod.Get, path, null, parse, repeatable: true, cancellation);
        }
        catch (LicenceChainException missing) when (missing.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public Task<T> PostAsync<T>(string path, IMessage body, MessageParser<T> parser, bool repeatable, CancellationToken cancellation)
        where T : class, IMessage<T> => SendAsync(HttpMethod.Post, path, body, parser.ParseFrom, repeatable, cancellation);

    public async Task<HttpResponseMessage> OpenStreamAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var response = await http.SendAsync(Authorised(request), HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.IsSuccessStatusCode) return response;
        using (response) throw await ProblemReader.ReadAsync(response, cancellation);
    }

    public static bool IsPassing(LicenceChainException failure) => failure.Status is 429 or 502 or 503 or 504;

    private async Task<T> SendAsync<T>(HttpMethod method, string path, IMessage? body, Func<byte[], T> parse, bool repeatable, CancellationToken cancellation)
        where T : class
    {
        var backoff = new Backoff(options);
        var attempts = repeatable ? options.MaxAttempts : 1;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendOnceAsync(method, path, body, parse, cancellation);
            }
            catch (LicenceChainException passing) when (attempt < attempts && IsPassing(passing))
            {
                await backoff.PauseAsync(cancellation);
            }
            catch (Exception lost) when (lost is HttpRequestException or IOException or TimeoutException)
            {
                if (attempt >= attempts)
                    throw new LicenceChainException(SdkCodes.Unreachable, $"{method} {path} on {http.BaseAddress} got no answer in {attempt} attempt(s); is the node running?", null, lost);
                await backoff.PauseAsync(cancellation);
            }
        }
    }

    private async Task<T> SendOnceAsync<T>(HttpMethod method, string path, IMessage? body, Func<byte[], T> parse, CancellationToken cancellation)
        where T : class
    {
        using var limit = new CancellationTokenSource(options.Timeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            using var request = Authorised(new HttpRequestMessage(method, path));
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(ProtobufType));
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/problem+json"));
            if (body is not null)
                request.Content = new ByteArrayContent(body.ToByteArray()) { Headers = { ContentType = new MediaTypeHeaderValue(ProtobufType) } };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!response.IsSuccessStatusCode) throw await ProblemReader.ReadAsync(response, either.Token);
            var bytes = await BoundedBody.ReadAsync(response.Content, MaxAnswerBytes, either.Token);
            return parse(bytes);
        }
        catch (Exception malformed) when (MalformedProto.Is(malformed))
        {
            throw new LicenceChainException(SdkCodes.BadAnswer, $"{method} {path} was answered with bytes that are no {typeof(T).Name}.", null, malformed);
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer within {options.Timeout}.", late);
        }
    }

    private HttpRequestMessage Authorised(HttpRequestMessage request)
    {
        if ((options.TokenSource?.Invoke() ?? options.Token) is { } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }
}
