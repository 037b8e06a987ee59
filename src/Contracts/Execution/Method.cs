using Google.Protobuf;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Execution;

/// <summary>One method: its name, who may call it, and how its arguments are read.</summary>
internal abstract class Method
{
    private readonly uint _memberRoles;
    private readonly uint _keyRoles;
    private readonly string _roles;

    private Method(string contract, string name, MemberRole[] members, KeyRole[] keys)
    {
        Contract = contract;
        Name = name;
        Members = members;
        Keys = keys;
        foreach (var role in members) _memberRoles |= Signer.Bit(role);
        foreach (var role in keys) _keyRoles |= Signer.Bit(role);
        _roles = $"a key with role {string.Join(" or ", keys)} of {(members.Length == 0 ? "any member" : $"a member with role {string.Join(" or ", members)}")}";
    }

    /// <summary>For example <c>licences</c>.</summary>
    public string Contract { get; }

    /// <summary>For example <c>issue</c>.</summary>
    public string Name { get; }

    /// <summary>The member roles that may call it; none: any member.</summary>
    public IReadOnlyList<MemberRole> Members { get; }

    /// <summary>The key roles that may call it.</summary>
    public IReadOnlyList<KeyRole> Keys { get; }

    /// <summary>Version of the protocol from which on a member's last governing key may call it though it has expired, to renew keys; 0: never.</summary>
    public uint RenewsSince { get; private init; }

    /// <summary>The message that its arguments are.</summary>
    public abstract string ArgumentName { get; }

    /// <summary>The refusal of a signer without the roles.</summary>
    public Refusal MissingRole => new(TransactionCodes.MissingRole, $"{Contract}.{Name} takes {_roles}.");

    /// <summary>Declares a method. No member roles: any member may call it.</summary>
    public static Method Of<T>(string contract, string name, MemberRole[] members, KeyRole[] keys, MessageParser<T> parser, MethodBody<T> body)
        where T : class, IMessage<T> => new Typed<T>(contract, name, members, keys, parser, body);

    /// <summary>As above; see <see cref="RenewsSince"/>.</summary>
    public static Method Of<T>(string contract, string name, MemberRole[] members, KeyRole[] keys, MessageParser<T> parser, MethodBody<T> body, uint renewsSince)
        where T : class, IMessage<T> => new Typed<T>(contract, name, members, keys, parser, body) { RenewsSince = renewsSince };

    /// <summary>True when <paramref name="signer"/> has the roles.</summary>
    public bool Allows(Signer signer) => signer.Has(_memberRoles, _keyRoles);

    /// <summary>Reads the arguments, canonical and whole, and runs the method.</summary>
    public abstract Refusal? Run(Call call, ReadOnlySpan<byte> arguments);

    private sealed class Typed<T>(string contract, string name, MemberRole[] members, KeyRole[] keys, MessageParser<T> parser, MethodBody<T> body)
        : Method(contract, name, members, keys)
        where T : class, IMessage<T>
    {
        public override string ArgumentName => typeof(T).Name;

        public override Refusal? Run(Call call, ReadOnlySpan<byte> arguments) =>
            CanonicalProto.TryParse(parser, arguments, ProtocolLimits.MaxTransactionBytes, out var parsed)
                ? body(call, parsed)
                : new Refusal(TransactionCodes.BadArguments, $"The arguments of {Contract}.{Name} are no canonical {typeof(T).Name}.");
    }
}
