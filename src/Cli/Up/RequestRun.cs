using System.Diagnostics;
using Google.Protobuf;
using LicenceChain.Cli.Samples;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Sdk.Wallets;
using LicenceChain.Verifier.Api;

namespace LicenceChain.Cli.Up;

/// <summary>Asks the Verifier of the requesting region about one case.</summary>
internal sealed class RequestRun(UpContext context)
{
    // A counter's number, as it stands in both access logs; never a person's name.
    private const string Officer = "counter-01";

    public async Task<RequestOutcome> AskAsync(RequestCase one, CancellationToken cancel)
    {
        var body = new VerificationBody
        {
            Presentation = one.Request.Scenario == Scenario.UnknownLicence ? null : Convert.ToBase64String(Present(one)),
            LicenceId = one.Asked.Value,
            Requester = one.Requester.Value,
            Officer = Officer,
            Matter = one.Request.Matter,
            Attributes = one.Request.Attributes,
            GrantId = one.Grant?.Id.ToString(),
        };
        var started = Stopwatch.GetTimestamp();
        var reply = await context.Clients.Verifier(one.Request.Region).VerifyAsync(body, cancel);
        return new RequestOutcome(one, reply.Decision.Outcome, reply.Decision.Code, reply.Decision.English, reply.Decision.Chinese, Stopwatch.GetElapsedTime(started));
    }

    private byte[] Present(RequestCase one)
    {
        var now = new UnixTime((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        var terms = new PresentationTerms(one.Licence.Id, one.Requester, one.Request.Matter, [.. one.Request.Attributes], now) { Grant = one.Grant?.Id };
        var presentation = context.HolderOf(one.Licence).Present(terms);
        return one.Request.Scenario == Scenario.Tampered ? Tamper(presentation.ToMessage()) : presentation.Bytes.ToArray();
    }

    /// <summary>Changes the first attribute shown and nothing else.</summary>
    private static byte[] Tamper(PresentationMessage presentation)
    {
        var disclosure = DisclosureMessage.Parser.ParseFrom(presentation.Disclosures[0].Disclosure);
        disclosure.Value += "改";
        presentation.Disclosures[0].Disclosure = disclosure.ToByteString();
        return presentation.ToByteArray();
    }
}
