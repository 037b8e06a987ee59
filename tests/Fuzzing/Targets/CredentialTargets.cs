using Google.Protobuf;
using LicenceChain.Cli.Clients;
using LicenceChain.Fuzzing.Engine;
using LicenceChain.Fuzzing.Network;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Keystore;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Vault;
using LicenceChain.Sdk;
using LicenceChain.Sdk.Client;
using LicenceChain.Sdk.Verification;
using LicenceChain.Sdk.Wallets;
using static LicenceChain.Fuzzing.Targets.ProtocolTargets;
using static LicenceChain.Fuzzing.Targets.Refusing;

namespace LicenceChain.Fuzzing.Targets;

/// <summary>What holders and relying offices hold: credentials, presentations, wallets, keystores, and what the SDK reads from servers.</summary>
internal static class CredentialTargets
{
    private const long Heavy = 4 << 20; // several signatures

    public static IEnumerable<FuzzTarget> All(SampleChain chain)
    {
        var passphrase = Passphrase.Read(null, chain.Directory.Root);
        using var book = WalletBook.OpenAsync(WalletSearch.DefaultPath(chain.Directory), passphrase).GetAwaiter().GetResult();
        var held = book.Wallets.SelectMany(wallet => wallet.Credentials).Take(8).ToList();
        return [.. Credentials(chain, held), .. Secrets(chain, passphrase), .. Answers(chain)];
    }

    private static IEnumerable<FuzzTarget> Credentials(SampleChain chain, List<HeldCredential> held)
    {
        var shown = File.ReadAllBytes(chain.Presentation);
        var bundle = VerificationBundle.Parser.ParseFrom(File.ReadAllBytes(chain.Bundle));
        var statement = PresentationMessage.Parser.ParseFrom(shown);
        var now = new UnixTime(chain.Blocks[^1].Block.Header.Time.Milliseconds);
        yield return new("credential", InputKind.Proto, [.. held.Select(one => one.Credential.Bytes.ToArray())], bytes =>
            Credential.TryParse(bytes, out var credential) && Any(credential.VerifyIssuer(held[0].IssuerKey)), "Protocol.Credentials.Credential.TryParse", "Protocol.Credentials.CredentialFields.TryFrom") { Shape = CredentialMessage.Descriptor, FixedBytes = Heavy };
        yield return new("presentation", InputKind.Proto, [shown], bytes =>
            Presentation.TryParse(bytes, out var presentation) && Same(presentation.ToMessage().ToByteArray(), bytes, "A presentation"),
            "Protocol.Credentials.Presentation.TryParse", "Protocol.Credentials.PresentationFields.TryFrom") { Shape = PresentationMessage.Descriptor, FixedBytes = Heavy };
        yield return Message("disclosure", DisclosedAttribute.Parser, statement.Disclosures, message =>
            AttributeCommitment.VerifyDisclosure(held[0].Credential.Statement.Commitment, held[0].Credential.Statement.AttributeCount, message, out _), "Protocol.Credentials.AttributeCommitment.VerifyDisclosure");
        yield return Message("wallet-credential", WalletCredentialMessage.Parser, held.Select(one => one.ToMessage()), message =>
            HeldCredential.TryRestore(message, out _) | (HeldCredential.TryFrom(message, out var one) && Same(one.ToMessage().ToByteArray(), Known(message), "A held credential")),
            "Sdk.Wallets.HeldCredential.TryFrom", "Sdk.Wallets.HeldCredential.TryRestore") with { FixedBytes = Heavy };
        yield return Message("bundle", VerificationBundle.Parser, [bundle], message => By<LicenceChainException>(() => OfflineVerifier.Verify(message, chain.Directory.Anchor, now)), "Sdk.Verification.OfflineVerifier.Verify") with { FixedBytes = Heavy, BytesPerByte = 400 };
        var key = Sm2PrivateKey.Generate();
        yield return Message("vault-reply", VaultReply.Parser, [], message => VaultEnvelope.TryOpen(key, "statement"u8, message, out _), "Protocol.Vault.VaultEnvelope.TryOpen") with { FixedBytes = Heavy };
        yield return new("disclosures", InputKind.Bytes, [.. held[0].ToMessage().Disclosures.Select(one => one.ToByteArray())], bytes => AttributeCommitment.TryFromDisclosures([ByteString.CopyFrom(bytes)], out _));
    }

    private static IEnumerable<FuzzTarget> Secrets(SampleChain chain, string passphrase)
    {
        // One iteration: the count is the file's own and bounded, but the time it takes is not what is looked for.
        var secret = Bytes(passphrase);
        using var key = Sm2PrivateKey.Generate();
        var keystore = KeystoreCodec.Seal(secret, new byte[KeystoreCodec.SaltSize], new byte[KeystoreCodec.NonceSize], 1, [new KeystoreEntry("consensus", key), new KeystoreEntry("service", key)]);
        yield return new("keystore", InputKind.Json, [keystore], bytes =>
        {
            if (KeystoreDocument.Read(bytes) is not { Iterations: <= 1_000 }) return false;
            return KeystoreCodec.TryOpen(bytes, secret, out _, out _);
        }, "Protocol.Keystore.KeystoreCodec.TryOpen", "Protocol.Keystore.KeystoreDocument.Read");
        var wallets = SealedWalletBook.Parser.ParseFrom(File.ReadAllBytes(WalletSearch.DefaultPath(chain.Directory)));
        wallets.Iterations = 1; // no longer opens, but is read as far as the cipher
        yield return new("wallet", InputKind.Proto, [wallets.ToByteArray()], bytes =>
        {
            if (LengthenedKdf(bytes)) return false;
            return By<LicenceChainException>(() => WalletCodec.Open(bytes, secret).Dispose());
        }, "Sdk.Wallets.WalletCodec.Open") { Shape = SealedWalletBook.Descriptor, MaxInput = 256 * 1024 };
    }

    private static IEnumerable<FuzzTarget> Answers(SampleChain chain)
    {
        var entries = chain.Blocks.Skip(1).Take(8).Select(one => new HeaderEntry { Header = ByteString.CopyFrom(one.Block.Header.Bytes.Span), Certificate = ByteString.CopyFrom(one.Certificate!.Bytes.Span) }).ToList();
        using var page = new MemoryStream();
        foreach (var entry in entries) entry.WriteDelimitedTo(page);
        yield return new("header-page", InputKind.Bytes, [page.ToArray()], PageIsSound, "Sdk.Client.HeaderPage.Parse");
        yield return Message("header-entry", HeaderEntry.Parser, entries, message => CertifiedHeader.TryFrom(message, out _), "Sdk.Verification.CertifiedHeader.TryFrom");
        const string Event = """{"height":5,"transactionIndex":0,"eventIndex":1,"transactionId":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","event":{"type":"licence.issued","subject":"x","data":"00ff"}}""";
        yield return new("event", InputKind.Json, [Bytes(Event)], bytes => By<LicenceChainException>(() => EventJson.Parse("5.0.1", Refusing.Text(bytes))), "Sdk.Client.EventJson.Parse");
        yield return new("event-stream", InputKind.Text, [Bytes($"id: 5.0.1\nevent: licence.issued\ndata: {Event}\n\n: alive\n\nid: 5.0.2\ndata: a\ndata: b\n\n")],
            bytes => By<LicenceChainException>(() => ReadAll(bytes).GetAwaiter().GetResult()), "Sdk.Client.SseReader.ReadAsync") { BytesPerByte = 400 };
        yield return new("event-cursor", InputKind.Text, [Bytes("5.0.1")], bytes => EventCursor.TryParse(Refusing.Text(bytes), out var cursor) && EventCursor.TryParse(cursor.ToString(), out var again) && Same(again.ToString(), cursor.ToString(), "A cursor"), "Sdk.Client.EventCursor.TryParse") { MaxInput = 4_096 };
        var transaction = chain.Blocks.SelectMany(one => one.Block.Transactions).First();
        yield return Message("submit-reply", SubmitReply.Parser,
            [new SubmitReply { TransactionId = ByteString.CopyFrom(transaction.Id.Value.Span), Code = "OK", Height = 3, Receipt = ByteString.CopyFrom(chain.Blocks.SelectMany(one => one.Receipts).First().Bytes.Span) }],
            message => By<LicenceChainException>(() => SubmitResult.From(transaction.Id, message)), "Sdk.Client.SubmitResult.From");
    }

    // RestTransport turns what the parser throws into a refusal.
    private static bool PageIsSound(byte[] bytes)
    {
        try
        {
            return By<LicenceChainException>(() => HeaderPage.Parse(bytes, 100));
        }
        catch (Exception malformed) when (MalformedProto.Is(malformed))
        {
            return false;
        }
    }

    private static async Task ReadAll(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        await foreach (var item in SseReader.ReadAsync(stream, CancellationToken.None)) _ = item;
    }

    private static bool LengthenedKdf(byte[] bytes)
    {
        try
        {
            return SealedWalletBook.Parser.ParseFrom(bytes).Iterations > 1_000;
        }
        catch (Exception malformed) when (MalformedProto.Is(malformed))
        {
            return false;
        }
    }
}
