using Google.Protobuf;
using LicenceChain.Contracts.Catalogue;
using LicenceChain.Contracts.Execution;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Authorisations;

/// <summary>Grants: a holder signs who may see what for which matter; members relay and use them.</summary>
internal static class AuthorisationsContract
{
    // Chain id (2 + 32), grant id (2 + 32).
    private const int MaxRevocationBytes = 128;

    /// <summary>Registers a holder-signed grant. Whoever relays it adds no right of its own: only the holder's signature counts.</summary>
    public static Refusal? Grant(Call call, RegisterGrant arguments)
    {
        if (!GrantTerms.TryRead(arguments.Statement.Span, call.Chain, out var terms, out var refusal)) return refusal;
        var statement = terms.Statement;
        if (statement.UntilMs <= call.Now.Milliseconds) return new Refusal(AuthorisationCodes.BadPeriod, $"until_ms is {statement.UntilMs}; it is {call.Now} already.");
        var id = new GrantId(Sm3.Hash(arguments.Statement.Span));
        var key = StateKeys.Grant(id);
        if (call.Exists(key)) return new Refusal(AuthorisationCodes.AlreadyGranted, $"The chain holds grant {id}.");
        if (!HolderSignature.TryVerify(SigningContext.Grant, arguments.Statement, arguments.HolderPublicKey, arguments.HolderSignature, out var holder, out refusal)) return refusal;
        refusal = CheckItems(call, terms, holder);
        if (refusal is not null) return refusal;
        call.Put(key, Record(statement, id, holder), "grant.registered", id.ToString());
        return null;
    }

    /// <summary>Revokes a grant on its holder's signed word.</summary>
    public static Refusal? Revoke(Call call, RevokeGrant arguments)
    {
        if (!CanonicalProto.TryParse(GrantRevocation.Parser, arguments.Statement.Span, MaxRevocationBytes, out var revocation)
            || revocation.ChainId != call.Chain.Value || !GrantId.TryFrom(revocation.GrantId.Span, out var id))
            return new Refusal(AuthorisationCodes.BadStatement, $"statement is no canonical GrantRevocation for {call.Chain}.");
        var key = StateKeys.Grant(id);
        if (call.Find(key, GrantRecord.Parser) is not { } grant) return new Refusal(AuthorisationCodes.UnknownGrant, $"There is no grant {id}.");
        if (!HolderSignature.TryVerify(SigningContext.GrantRevocation, arguments.Statement, arguments.HolderPublicKey, arguments.HolderSignature, out var holder, out var refusal)) return refusal;
        if (!grant.HolderTag.Span.SequenceEqual(holder.Span)) return new Refusal(AuthorisationCodes.OtherHolder, $"Grant {id} is another holder's.");
        if (grant.Status != GrantStatus.Active) return new Refusal(AuthorisationCodes.Revoked, $"Grant {id} was revoked before.");
        var revoked = grant.Clone();
        revoked.Status = GrantStatus.Revoked;
        call.Put(key, revoked, "grant.revoked", id.ToString());
        return null;
    }

    /// <summary>Consumes one use of a grant for its grantee. Two members of consensus can never both consume the last one.</summary>
    public static Refusal? Consume(Call call, ConsumeGrant arguments)
    {
        if (!Hash256.TryFrom(arguments.UseId.Span, out var use) || use.IsZero) return new Refusal(AuthorisationCodes.BadUse, "use_id is 32 bytes, not all zero.");
        if (!GrantId.TryFrom(arguments.GrantId.Span, out var id) || call.Find(StateKeys.Grant(id), GrantRecord.Parser) is not { } grant)
            return new Refusal(AuthorisationCodes.UnknownGrant, "There is no such grant.");
        var useKey = StateKeys.GrantUse(id, use);
        var refusal = CheckUse(call, arguments, grant, useKey);
        if (refusal is not null) return refusal;
        var used = grant.Clone();
        used.Used++;
        call.Put(StateKeys.Grant(id), used);
        var record = new GrantUseRecord
        {
            GrantId = arguments.GrantId,
            UseId = arguments.UseId,
            LicenceId = arguments.LicenceId,
            Matter = arguments.Matter,
            Member = call.Signer.Member.Value,
            TimeMs = call.Now.Milliseconds,
        };
        call.Put(useKey, record, "grant.consumed", id.ToString());
        return null;
    }

    private static Refusal? CheckItems(Call call, GrantTerms terms, Hash256 holder)
    {
        foreach (var (id, item) in terms.Items)
        {
            if (call.Find(StateKeys.Licence(id), LicenceRecord.Parser) is not { } licence) return new Refusal(AuthorisationCodes.UnknownLicence, $"There is no licence {id}.");
            if (!licence.HolderTag.Span.SequenceEqual(holder.Span)) return new Refusal(AuthorisationCodes.OtherHolder, $"{id} is another holder's.");
            if (call.Find(StateKeys.LicenceType(licence.Type), LicenceTypeRecord.Parser) is not { } type) throw Stored.Broken($"licence {id} has no type");
            if (LicenceTypes.FirstUnknownAttribute(type, item.Attributes) is { } unknown)
                return new Refusal(AuthorisationCodes.UnknownAttribute, $"{type.Code} has no attribute {unknown}.");
        }

        return null;
    }

    private static Refusal? CheckUse(Call call, ConsumeGrant arguments, GrantRecord grant, StateKey useKey)
    {
        var now = call.Now.Milliseconds;
        if (grant.Grantee != call.Signer.Member.Value) return new Refusal(AuthorisationCodes.OtherGrantee, "The grant is another member's to use.");
        if (grant.Status != GrantStatus.Active) return new Refusal(AuthorisationCodes.Revoked, "The holder revoked the grant.");
        if (now < grant.FromMs) return new Refusal(AuthorisationCodes.NotYet, $"The grant holds from {grant.FromMs} on; it is {now}.");
        if (now >= grant.UntilMs) return new Refusal(AuthorisationCodes.Expired, $"The grant held until {grant.UntilMs}; it is {now}.");
        if (call.Exists(useKey)) return new Refusal(AuthorisationCodes.UseRepeated, "This use was consumed before.");
        if (grant.Used >= grant.Uses) return new Refusal(AuthorisationCodes.UsedUp, $"All {grant.Uses} uses were consumed.");
        if (arguments.Matter != grant.Matter) return new Refusal(AuthorisationCodes.OtherMatter, $"The grant is for matter {grant.Matter}.");
        foreach (var item in grant.Items)
        {
            if (item.LicenceId == arguments.LicenceId) return null;
        }

        return new Refusal(AuthorisationCodes.LicenceNotGranted, "The grant does not name the licence.");
    }

    private static GrantRecord Record(GrantStatement statement, GrantId id, Hash256 holder) => new()
    {
        Id = ByteString.CopyFrom(id.Value.Span),
        Grantee = statement.Grantee,
        Items = { statement.Items },
        Matter = statement.Matter,
        FromMs = statement.FromMs,
        UntilMs = statement.UntilMs,
        Uses = statement.Uses,
        Status = GrantStatus.Active,
        HolderTag = ByteString.CopyFrom(holder.Span),
    };
}
