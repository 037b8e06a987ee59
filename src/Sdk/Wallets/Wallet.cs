using System.Security.Cryptography;
using Google.Protobuf;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Sdk.Wallets;

/// <summary>One holder's key, credentials and grants. Not safe for concurrent changes.</summary>
public sealed class Wallet : IDisposable
{
    /// <summary>Most credentials of one holder: a person has dozens, an enterprise some hundreds.</summary>
    public const int MaxCredentials = 10_000;

    /// <summary>Most grants that are remembered: one a day for 27 years.</summary>
    public const int MaxGrants = 10_000;

    private const int UniqueIdSize = 16;
    private const int NonceSize = 16;

    private readonly Sm2PrivateKey _key;
    private readonly SortedDictionary<string, HeldCredential> _credentials = new(StringComparer.Ordinal);
    private readonly List<ByteString> _grants = [];

    internal Wallet(string name, Sm2PrivateKey key)
    {
        Name = name;
        _key = key;
    }

    /// <summary>What its owner calls it; nothing that others see.</summary>
    public string Name { get; }

    /// <summary>What issuers put into credentials.</summary>
    public Sm2PublicKey PublicKey => _key.PublicKey;

    /// <summary>What stands for this holder on chain.</summary>
    public Hash256 HolderTag => Protocol.Credentials.HolderTag.Of(_key.PublicKey);

    /// <summary>Ascending by licence identifier.</summary>
    public IReadOnlyCollection<HeldCredential> Credentials => _credentials.Values;

    /// <summary>The grants signed so far, oldest first: exact encodings of GrantStatement.</summary>
    public IReadOnlyList<ByteString> Grants => _grants;

    /// <summary>A wallet with a fresh key.</summary>
    public static Wallet Create(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new Wallet(name, Sm2PrivateKey.Generate());
    }

    /// <summary>Takes a credential of this holder; a later version of the same identifier replaces the earlier.</summary>
    /// <exception cref="ArgumentException">It is another holder's, or there is no room.</exception>
    public void Add(HeldCredential held)
    {
        ArgumentNullException.ThrowIfNull(held);
        if (!held.Credential.Statement.Holder.Equals(PublicKey)) throw new ArgumentException("The credential is another holder's.", nameof(held));
        if (_credentials.Count >= MaxCredentials && !_credentials.ContainsKey(held.Licence.Value)) throw new ArgumentException($"A wallet holds at most {MaxCredentials} credentials.", nameof(held));
        _credentials[held.Licence.Value] = held;
    }

    /// <summary>The credential of a licence.</summary>
    /// <exception cref="LicenceChainException"><see cref="SdkCodes.NotInWallet"/>.</exception>
    public HeldCredential Get(LicenceId licence) =>
        _credentials.TryGetValue(licence.Value, out var held) ? held : throw new LicenceChainException(SdkCodes.NotInWallet, $"The wallet does not hold {licence}.");

    /// <summary>Shows a credential to one organisation for one matter, with only the attributes chosen.</summary>
    /// <exception cref="LicenceChainException">The licence is not in this wallet.</exception>
    /// <exception cref="ArgumentException">An attribute that the licence does not have, or a field out of bounds.</exception>
    public Presentation Present(PresentationTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var held = Get(terms.Licence);
        var nonce = terms.Nonce.IsEmpty ? RandomNumberGenerator.GetBytes(NonceSize) : terms.Nonce.ToByteArray();
        return PresentationBuilder.Sign(
            held.Credential, held.IssuerKey, held.Attributes.Disclose(terms.Attributes), terms.Audience, terms.Matter, nonce, terms.Time, terms.Grant, _key);
    }

    /// <summary>Signs a grant and remembers it.</summary>
    public SignedGrant Grant(ChainId chain, GrantTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (_grants.Count >= MaxGrants) throw new InvalidOperationException($"A wallet remembers at most {MaxGrants} grants.");
        var statement = new GrantStatement
        {
            ChainId = chain.Value,
            UniqueId = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(UniqueIdSize)),
            Grantee = terms.Grantee.Value,
            Matter = terms.Matter,
            Purpose = terms.Purpose,
            FromMs = terms.From.Milliseconds,
            UntilMs = terms.Until.Milliseconds,
            Uses = terms.Uses,
        };
        foreach (var item in terms.Items.OrderBy(i => i.Licence.Value, StringComparer.Ordinal))
            statement.Items.Add(new GrantItem { LicenceId = item.Licence.Value, Attributes = { item.Attributes.Distinct().Order(StringComparer.Ordinal) } });
        var bytes = statement.ToByteString();
        _grants.Add(bytes);
        var argument = new RegisterGrant { Statement = bytes, HolderPublicKey = ByteString.CopyFrom(PublicKey.Encoded), HolderSignature = Sign(SigningContext.Grant, bytes) };
        return new SignedGrant(new GrantId(Sm3.Hash(bytes.Span)), argument);
    }

    /// <summary>Signs the revocation of a grant: the argument of <c>authorisations.revoke</c>.</summary>
    public RevokeGrant Revoke(ChainId chain, GrantId grant)
    {
        var bytes = new GrantRevocation { ChainId = chain.Value, GrantId = ByteString.CopyFrom(grant.Value.Span) }.ToByteString();
        return new RevokeGrant { Statement = bytes, HolderPublicKey = ByteString.CopyFrom(PublicKey.Encoded), HolderSignature = Sign(SigningContext.GrantRevocation, bytes) };
    }

    /// <summary>Erases the key from memory.</summary>
    public void Dispose() => _key.Dispose();

    internal void ExportKey(Span<byte> destination) => _key.Export(destination);

    internal void Remember(ByteString grant) => _grants.Add(grant);

    private ByteString Sign(SigningContext context, ByteString statement)
    {
        Span<byte> signature = stackalloc byte[Sm2Signature.Size];
        _key.Sign(context, statement.Span, signature);
        return ByteString.CopyFrom(signature);
    }
}
