using System.Globalization;
using Google.Protobuf;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Simulation.Network.Clients;

/// <summary>An agency's system: it issues licences and changes the status of those that it was told are issued.</summary>
internal sealed class ClientDesk(int seat, SimulatedCast.Member member, SeededRandom random)
{
    private const string Type = "resident-id";
    private const ulong DayMs = 86_400_000;
    private static readonly ChainId Chain = ChainId.Parse(SimulatedCast.ChainName);

    private readonly List<LicenceId> _issued = [];
    private int _serial;

    /// <summary>What it signs with.</summary>
    public Sm2PublicKey Key => member.Officer.PublicKey;

    /// <summary>The transaction that brings the licence type into the catalogue.</summary>
    public ClientRequest Register(OrganisationCode owner, Height validUntil) =>
        new(Sign("catalogue", "register", new RegisterLicenceType { Type = LicenceType(owner) }, validUntil), null);

    /// <summary>The next thing the agency wants done.</summary>
    public ClientRequest Next(OrganisationCode typeOwner, Height validUntil)
    {
        if (_issued.Count > 0 && random.Chance(300)) return Change(random.Pick(_issued), validUntil);
        var id = LicenceId.Mint(TypeCode(typeOwner), member.Code, (++_serial).ToString(CultureInfo.InvariantCulture), 1);
        return new ClientRequest(Sign("licences", "issue", Issue(id), validUntil), id);
    }

    /// <summary>The chain has it.</summary>
    public void OnIssued(LicenceId licence) => _issued.Add(licence);

    private ClientRequest Change(LicenceId licence, Height validUntil)
    {
        var method = random.Pick(["suspend", "resume", "revoke"]);
        return new ClientRequest(Sign("licences", method, new ChangeLicenceStatus { Id = licence.Value, Reason = "lost" }, validUntil), null);
    }

    private SignedTransaction Sign(string contract, string method, IMessage arguments, Height validUntil)
    {
        Span<byte> unique = stackalloc byte[SignedTransaction.UniqueIdSize];
        BitConverter.TryWriteBytes(unique, random.Next());
        BitConverter.TryWriteBytes(unique[sizeof(ulong)..], random.Next());
        return TransactionBuilder.Sign(Chain, contract, method, arguments, member.Officer, validUntil, unique);
    }

    private IssueLicence Issue(LicenceId id) => new()
    {
        Id = id.Value,
        Type = Type,
        HolderTag = Digest(1),
        Commitment = Digest(2),
        CredentialHash = Digest(3),
        ValidFromMs = SimulatedCast.GenesisMs,
        ValidUntilMs = SimulatedCast.GenesisMs + (365 * DayMs),
    };

    private ByteString Digest(byte what) => ByteString.CopyFrom(Sm3.Hash([what, (byte)seat, .. BitConverter.GetBytes(_serial)]).Span);

    private static string TypeCode(OrganisationCode owner) => owner.Value + "L01";

    private static LicenceTypeRecord LicenceType(OrganisationCode owner) => new()
    {
        Code = Type,
        TypeCode = TypeCode(owner),
        Name = "居民身份证",
        EnglishName = Type,
        Holder = HolderKind.Person,
        Department = "公安厅",
        ValidYears = 20,
        Sensitivity = 4,
        Attributes = { new AttributeDefinition { Name = "name", Sensitivity = 3 } },
        Version = 1,
    };
}
