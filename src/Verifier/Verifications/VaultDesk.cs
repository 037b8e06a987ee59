using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Google.Protobuf;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Protocol.Vault;
using LicenceChain.Sdk;
using LicenceChain.Sdk.Client;
using LicenceChain.Verifier.Chain;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Verifier.Verifications;

/// <summary>Step V7: asks the issuing region's vault and believes it nothing that the chain does not prove.</summary>
internal sealed class VaultDesk(NodeSet nodes, Sm2PrivateKey serviceKey, TimeProvider clock, ILogger<VaultDesk> logger)
{
    private const int MaxCode = 16;
    private const int MaxDetail = 500;

    // LC-VLT codes of a vault that could not judge: behind the chain, unable to read what it keeps, or without its log. The licence is not to blame.
    private static readonly string[] NotJudged = ["LC-VLT-012", "LC-VLT-013", "LC-VLT-014"];

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LastPause = TimeSpan.FromSeconds(10); // 10 s in all; a node further behind says so itself

    /// <summary>Fills in what was released; null when all is well, else the decision instead.</summary>
    public async Task<RecognitionDecisionMessage?> ReleaseAsync(VerificationCase one)
    {
        var licence = one.Recognition!.Licence!;
        var at = one.Facts!.Header.Time;
        if (!nodes.TryGet(licence.Region, out var node))
            return Decisions.Undetermined(new Refusal(VerifierCodes.VaultUnavailable, $"No node of region {licence.Region} is configured."), "颁发地数据保管库不可用。", at);
        try
        {
            await WaitForUseAsync(node, one);
            var statement = FreshStatement(one);
            var reply = await node.ReleaseAsync(Sign(statement), CancellationToken.None);
            if (reply.Code != Refusal.Ok)
            {
                var code = IsCode(reply.Code) ? reply.Code : VerifierCodes.FalseRelease;
                Log.VaultRefused(logger, licence.Region, code);
                var refusal = new Refusal(code, reply.Detail.Length <= MaxDetail ? reply.Detail : reply.Detail[..MaxDetail]);
                return NotJudged.Contains(code) ? Decisions.Undetermined(refusal, "颁发地数据保管库暂时无法答复。", at) : Decisions.Refused(refusal, "颁发地数据保管库拒绝提供。", at);
            }

            if (!TryTake(one, licence, statement.Span, reply, out var released))
                return Decisions.Undetermined(new Refusal(VerifierCodes.FalseRelease, "What the vault answered is not what the chain commits to."), "颁发地数据保管库返回的数据与链上承诺不符。", at);
            one.Released = released;
            one.ResultDigest = VaultEnvelope.Digest(reply);
            return null;
        }
        catch (LicenceChainException lost)
        {
            Log.VaultRefused(logger, licence.Region, lost.Code);
            return Decisions.Undetermined(new Refusal(VerifierCodes.VaultUnavailable, $"The vault of region {licence.Region} did not answer ({lost.Code})."), "颁发地数据保管库不可用。", at);
        }
    }

    // What another member sends reaches our log and metrics: only what has the form of a code.
    private static bool IsCode(string code) =>
        code.Length <= MaxCode && code.StartsWith("LC-", StringComparison.Ordinal) && code.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-');

    // The vault judges by its own copy of the chain, which may be a block behind the node that took the use.
    private async Task WaitForUseAsync(LicenceChainClient node, VerificationCase one)
    {
        var pause = FirstPause;
        while (one.ConsumedAt is { } height && (await node.GetStatusAsync()).Height < height.Value && pause < LastPause)
        {
            await Task.Delay(pause, clock);
            pause *= 2;
        }
    }

    // With the time and a nonce of the sending: what waited for its block must not look old to the vault.
    private ByteString FreshStatement(VerificationCase one)
    {
        var statement = one.Statement.Clone();
        statement.TimeMs = (ulong)clock.GetUtcNow().ToUnixTimeMilliseconds();
        statement.Nonce = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(statement.Nonce.Length));
        return statement.ToByteString();
    }

    private VaultRequest Sign(ByteString statement)
    {
        Span<byte> signature = stackalloc byte[Sm2Signature.Size];
        serviceKey.Sign(SigningContext.VaultRequest, statement.Span, signature);
        return new VaultRequest
        {
            Statement = statement,
            SignerKeyId = ByteString.CopyFrom(serviceKey.PublicKey.Id.Value.Span),
            Signature = ByteString.CopyFrom(signature),
        };
    }

    // Exactly the attributes asked for, each under the commitment that the chain records.
    private bool TryTake(VerificationCase one, LicenceRecord licence, ReadOnlySpan<byte> statement, VaultReply reply, [NotNullWhen(true)] out Dictionary<string, string>? released)
    {
        released = null;
        if (!Credential.TryParse(reply.Credential.Span, out var credential) || !licence.CredentialHash.Span.SequenceEqual(credential.Hash.Span)) return false;
        if (!VaultEnvelope.TryOpen(serviceKey, statement, reply, out var opened) || opened.LicenceId != licence.Id) return false;
        if (opened.Attributes.Count != one.Statement.Attributes.Count) return false;
        var commitment = Hash256.From(licence.Commitment.Span);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var disclosed in opened.Attributes)
        {
            if (!AttributeCommitment.VerifyDisclosure(commitment, credential.Statement.AttributeCount, disclosed, out var attribute)) return false;
            if (!one.Statement.Attributes.Contains(attribute.Name) || !values.TryAdd(attribute.Name, attribute.Value)) return false;
        }

        released = values;
        return true;
    }
}
