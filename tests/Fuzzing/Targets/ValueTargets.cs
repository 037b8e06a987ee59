using LicenceChain.Fuzzing.Engine;
using LicenceChain.Fuzzing.Network;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.State;
using static LicenceChain.Fuzzing.Targets.Refusing;

namespace LicenceChain.Fuzzing.Targets;

/// <summary>Identifiers, digests, keys and signatures.</summary>
internal static class ValueTargets
{
    private static readonly byte[] Secret = [.. Enumerable.Repeat((byte)0x11, Sm2PrivateKey.Size)];

    public static IEnumerable<FuzzTarget> All(SampleChain chain) => Texts(chain).Concat(Digests()).Concat(Keys());

    private static IEnumerable<FuzzTarget> Texts(SampleChain chain)
    {
        yield return Text("chain-id", ["licencechain-dev"], text => ChainId.TryParse(text, out var id) && Same(id.Value, text, "A chain id"), "Protocol.Primitives.ChainId.TryParse");
        yield return Text("chain-id-parse", ["licencechain-dev"], text => By<FormatException>(() => ChainId.Parse(text)), "Protocol.Primitives.ChainId.Parse");
        yield return Text("region-code", ["310000"], text => RegionCode.TryParse(text, out var code) && Same(code.Value, text, "A region"), "Protocol.Primitives.RegionCode.TryParse");
        yield return Text("region-code-parse", ["310000"], text => By<FormatException>(() => RegionCode.Parse(text)), "Protocol.Primitives.RegionCode.Parse");
        yield return Text("hash-text", [new string('a', 64)], text => Hash256.TryParse(text, out var hash) && Same(hash.ToString(), text.ToLowerInvariant(), "A digest"), "Protocol.Primitives.Hash256.TryParse");
        yield return Text("citizen-id", ["320102196212289505", "34010219790515023X"], text => CitizenId.TryParse(text, out _), "Protocol.Identifiers.CitizenId.TryParse");
        var organisation = chain.Directory.Regions[0].Bureau;
        yield return Text("organisation-code", [organisation.Value], text => OrganisationCode.TryParse(text, out var code) && Same(code.Value, text, "A code"), "Protocol.Identifiers.OrganisationCode.TryParse");
        yield return Text("organisation-code-parse", [organisation.Value], text => By<FormatException>(() => OrganisationCode.Parse(text)), "Protocol.Identifiers.OrganisationCode.Parse");
        var licence = LicenceId.Mint("11100000000013127D001", organisation, "S000001", 1).Value;
        yield return Text("licence-id", [licence], text => LicenceId.TryParseStrict(text, out var id) && Same(id.Value, text, "A licence"), "Protocol.Identifiers.LicenceId.TryParseStrict");
        yield return Text("licence-id-reading", [licence, licence.Replace("1.2.156.3005.2.", "", StringComparison.Ordinal)], text =>
        {
            LicenceId.Read(text, out _);
            return true;
        }, "Protocol.Identifiers.LicenceId.Read");
    }

    private static IEnumerable<FuzzTarget> Digests()
    {
        byte[] digest = [.. Enumerable.Range(1, Hash256.Size).Select(i => (byte)i)];
        yield return new("hash", InputKind.Bytes, [digest], bytes => Hash256.TryFrom(bytes, out var hash) && Same(hash.Span, bytes, "A digest"), "Protocol.Primitives.Hash256.TryFrom");
        yield return new("hash-from", InputKind.Bytes, [digest], bytes => By<ArgumentException>(() => Hash256.From(bytes)), "Protocol.Primitives.Hash256.From");
        yield return new("grant-id", InputKind.Bytes, [digest], bytes => GrantId.TryFrom(bytes, out var id) && Same(id.Value.Span, bytes, "An id"), "Protocol.Primitives.GrantId.TryFrom");
        yield return new("key-id", InputKind.Bytes, [digest], bytes => KeyId.TryFrom(bytes, out var id) && Same(id.Value.Span, bytes, "An id"), "Protocol.Primitives.KeyId.TryFrom");
        yield return new("transaction-id", InputKind.Bytes, [digest], bytes => TransactionId.TryFrom(bytes, out var id) && Same(id.Value.Span, bytes, "An id"), "Protocol.Primitives.TransactionId.TryFrom");
        yield return new("state-key", InputKind.Bytes, [[(byte)'l', .. digest]], bytes => StateKey.TryFrom(bytes, out var key) && Same(key.Span, bytes, "A key"), "Protocol.State.StateKey.TryFrom");
        yield return new("state-key-from", InputKind.Bytes, [[(byte)'l', .. digest]], bytes => By<ArgumentException>(() => StateKey.From(bytes)), "Protocol.State.StateKey.From");
        yield return new("attribute-salt", InputKind.Bytes, [digest[..16], digest], bytes => By<ArgumentException>(() => Protocol.Credentials.AttributeSalt.From(bytes)), "Protocol.Credentials.AttributeSalt.From");
    }

    private static IEnumerable<FuzzTarget> Keys()
    {
        var key = Sm2PrivateKey.TryImport(Secret, out var imported) ? imported : throw new InvalidOperationException("key");
        var signature = new byte[Sm2Signature.Size];
        key.Sign(SigningContext.Vote, "message"u8, signature);
        yield return new("sm2-private-key", InputKind.Bytes, [Secret], bytes =>
        {
            if (!Sm2PrivateKey.TryImport(bytes, out var one)) return false;
            using (one)
            {
                var exported = new byte[Sm2PrivateKey.Size];
                one.Export(exported);
                return Same(exported, bytes, "A private key");
            }
        }, "Protocol.Cryptography.Sm2PrivateKey.TryImport", "Protocol.Cryptography.Sm2Scalar.TryRead") { FixedBytes = 2 << 20 };
        yield return new("sm2-public-key", InputKind.Bytes, [key.PublicKey.Encoded.ToArray()], bytes =>
            Sm2PublicKey.TryParse(bytes, out var one) && Same(one.Encoded, bytes, "A public key"), "Protocol.Cryptography.Sm2PublicKey.TryParse", "Protocol.Cryptography.Sm2Curve.TryDecode") { FixedBytes = 2 << 20 };
        yield return new("sm2-verify", InputKind.Bytes, [signature], bytes => key.PublicKey.Verify(SigningContext.Vote, "message"u8, bytes), "Protocol.Cryptography.Sm2PublicKey.Verify") { FixedBytes = 2 << 20 };
        yield return new("sm2-signature-der", InputKind.Bytes, [Sm2Signature.ToDer(signature)], bytes =>
        {
            var raw = new byte[Sm2Signature.Size];
            return Sm2Signature.TryFromDer(bytes, raw) && Same(Sm2Signature.ToDer(raw), bytes, "A DER signature");
        }, "Protocol.Cryptography.Sm2Signature.TryFromDer", "Protocol.Cryptography.DerIntegers.TryRead");
        var sealedText = Sm2Encryption.Encrypt(key.PublicKey, "attributes"u8);
        yield return new("sm2-ciphertext-asn1", InputKind.Bytes, [Sm2Encryption.ToAsn1(sealedText)], bytes =>
            Sm2Encryption.TryFromAsn1(bytes, out var raw) && Same(Sm2Encryption.ToAsn1(raw), bytes, "An ASN.1 ciphertext"), "Protocol.Cryptography.Sm2Encryption.TryFromAsn1") { MaxInput = 8_192 };
        yield return new("sm2-decrypt", InputKind.Bytes, [sealedText], bytes => Sm2Encryption.TryDecrypt(key, bytes, out _)) { FixedBytes = 2 << 20, MaxInput = 8_192 };
    }

    private static FuzzTarget Text(string name, string[] samples, Func<string, bool> run, params string[] covers) =>
        new(name, InputKind.Text, [.. samples.Select(Bytes)], bytes => run(Refusing.Text(bytes)), covers) { MaxInput = 4_096 };
}
