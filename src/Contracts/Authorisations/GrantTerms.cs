using System.Diagnostics.CodeAnalysis;
using LicenceChain.Contracts.Values;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Authorisations;

/// <summary>A holder's statement, read once: every value in it is well formed. What the chain knows about them comes after.</summary>
internal sealed class GrantTerms
{
    /// <summary>Most licences of one grant.</summary>
    public const int MaxItems = 32;

    /// <summary>Most uses of one grant.</summary>
    public const uint MaxUses = 1_000_000;

    // 32 items of 64 attributes of 64 characters would be more: what no record can hold, no statement needs.
    private const int MaxStatementBytes = ProtocolLimits.MaxStateValueBytes;

    private GrantTerms(GrantStatement statement, IReadOnlyList<(LicenceId Licence, GrantItem Item)> items) => (Statement, Items) = (statement, items);

    /// <summary>The statement as signed.</summary>
    public GrantStatement Statement { get; }

    /// <summary>Its items with their licences parsed.</summary>
    public IReadOnlyList<(LicenceId Licence, GrantItem Item)> Items { get; }

    /// <summary>Reads the exact bytes a holder signed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, ChainId chain, [NotNullWhen(true)] out GrantTerms? terms, [NotNullWhen(false)] out Refusal? refusal)
    {
        terms = null;
        if (!CanonicalProto.TryParse(GrantStatement.Parser, bytes, MaxStatementBytes, out var statement))
        {
            refusal = new Refusal(AuthorisationCodes.BadStatement, "statement is no canonical GrantStatement.");
            return false;
        }

        refusal = CheckForm(statement, chain);
        if (refusal is null && !TryReadItems(statement, out terms))
            refusal = new Refusal(AuthorisationCodes.BadItems, $"items are 1 to {MaxItems} distinct licences, each with {AttributeNames.ListRule}.");
        return terms is not null;
    }

    private static Refusal? CheckForm(GrantStatement statement, ChainId chain)
    {
        if (statement.ChainId != chain.Value) return new Refusal(AuthorisationCodes.BadStatement, $"The statement is not for {chain}.");
        if (statement.UniqueId.Length != SignedTransaction.UniqueIdSize)
            return new Refusal(AuthorisationCodes.BadStatement, $"unique_id has {SignedTransaction.UniqueIdSize} bytes.");
        if (!OrganisationCode.TryParse(statement.Grantee, out _)) return new Refusal(AuthorisationCodes.BadGrantee, "grantee is no organisation code of GB 32100.");
        if (!ShortCode.IsValid(statement.Matter) || !PlainText.IsValidOrEmpty(statement.Purpose))
            return new Refusal(AuthorisationCodes.BadMatter, $"matter is {ShortCode.Rule}; purpose has at most {PlainText.MaxLength} characters.");
        if (statement.UntilMs <= statement.FromMs || statement.UntilMs > Instants.Max)
            return new Refusal(AuthorisationCodes.BadPeriod, "until_ms is later than from_ms and not after the year 9999.");
        return statement.Uses is 0 or > MaxUses ? new Refusal(AuthorisationCodes.BadUses, $"uses is {statement.Uses}: 1 to {MaxUses}.") : null;
    }

    private static bool TryReadItems(GrantStatement statement, [NotNullWhen(true)] out GrantTerms? terms)
    {
        terms = null;
        if (statement.Items.Count is 0 or > MaxItems) return false;
        var items = new List<(LicenceId, GrantItem)>(statement.Items.Count);
        var seen = new HashSet<string>(statement.Items.Count, StringComparer.Ordinal);
        foreach (var item in statement.Items)
        {
            if (!LicenceId.TryParseStrict(item.LicenceId, out var licence) || !AttributeNames.IsList(item.Attributes) || !seen.Add(item.LicenceId)) return false;
            items.Add((licence, item));
        }

        terms = new GrantTerms(statement, items);
        return true;
    }
}
