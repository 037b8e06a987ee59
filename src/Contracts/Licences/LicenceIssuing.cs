using System.Diagnostics.CodeAnalysis;
using LicenceChain.Contracts.Execution;
using LicenceChain.Contracts.Values;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Licences;

/// <summary>Checks one licence to be issued and writes its record.</summary>
internal static class LicenceIssuing
{
    /// <summary>Issues <paramref name="licence"/> in the name of the signer's member, or says why not.</summary>
    public static Refusal? Issue(Call call, IssueLicence licence)
    {
        if (!LicenceId.TryParseStrict(licence.Id, out var id)) return new Refusal(LicenceCodes.BadId, "id is no identifier of GB/T 36904 with the right check character.");
        // The identifier is public for ever: a serial made of the holder's number would name the holder to everybody.
        if (CitizenId.IsIn(id.Serial)) return new Refusal(LicenceCodes.BadId, "The serial of id holds a citizen number; mint it from a number of the register.");
        if (id.Issuer != call.Signer.Member.Value) return new Refusal(LicenceCodes.OtherIssuer, $"id names issuer {id.Issuer}; the signer is {call.Signer.Member}.");
        if (!TryFindType(call, licence.Type, out var type)) return new Refusal(LicenceCodes.UnknownType, "type is not in the catalogue.");
        if (id.TypeCode != type.TypeCode) return new Refusal(LicenceCodes.OtherType, $"id has type code {id.TypeCode}; {type.Code} has {type.TypeCode}.");
        if (!Digests.IsDigest(licence.HolderTag) || !Digests.IsDigest(licence.Commitment) || !Digests.IsDigest(licence.CredentialHash))
            return new Refusal(LicenceCodes.BadDigest, "holder_tag, commitment and credential_hash are 32 bytes, not all zero.");
        var refusal = CheckValidity(licence, type);
        if (refusal is not null) return refusal;
        var key = StateKeys.Licence(id);
        if (call.Exists(key)) return new Refusal(LicenceCodes.AlreadyIssued, $"{id} exists.");
        call.Put(key, Record(call, licence, id), "licence.issued", licence.Id);
        return null;
    }

    private static bool TryFindType(Call call, string code, [NotNullWhen(true)] out LicenceTypeRecord? type)
    {
        type = ShortCode.IsValid(code) ? call.Find(StateKeys.LicenceType(code), LicenceTypeRecord.Parser) : null;
        return type is not null;
    }

    // A licence whose validity is already over may still be issued: registers of the past are brought onto the chain too.
    private static Refusal? CheckValidity(IssueLicence licence, LicenceTypeRecord type)
    {
        var (from, until) = (licence.ValidFromMs, licence.ValidUntilMs);
        if (!Instants.IsInstant(from)) return new Refusal(LicenceCodes.BadValidity, "valid_from_ms is 1 to the end of the year 9999.");
        if (until == 0) return type.ValidYears == 0 ? null : new Refusal(LicenceCodes.BadValidity, $"{type.Code} ends after {type.ValidYears} years; valid_until_ms is missing.");
        if (!Instants.IsInstant(until) || until <= from) return new Refusal(LicenceCodes.BadValidity, "valid_until_ms is later than valid_from_ms, and 0 where there is no end.");
        return type.ValidYears == 0 || until - from <= type.ValidYears * Instants.LeapYearMs
            ? null
            : new Refusal(LicenceCodes.BadValidity, $"{type.Code} is valid for at most {type.ValidYears} years.");
    }

    private static LicenceRecord Record(Call call, IssueLicence licence, LicenceId id) => new()
    {
        Id = licence.Id,
        Type = licence.Type,
        Issuer = call.Signer.Member.Value,
        Region = call.Signer.Region.Value,
        HolderTag = licence.HolderTag,
        Commitment = licence.Commitment,
        CredentialHash = licence.CredentialHash,
        ValidFromMs = licence.ValidFromMs,
        ValidUntilMs = licence.ValidUntilMs,
        Status = LicenceStatus.Valid,
        ChangedMs = call.Now.Milliseconds,
        IssuedHeight = call.Height.Value,
        Version = (uint)id.Version,
    };
}
