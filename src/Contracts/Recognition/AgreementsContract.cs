using Google.Protobuf;
using LicenceChain.Contracts.Execution;
using LicenceChain.Contracts.Values;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Recognition;

/// <summary>Agreements between regions: proposed by one, in force once every named region accepted the very document.</summary>
internal static class AgreementsContract
{
    /// <summary>Most regions of one agreement: there are 34 provinces.</summary>
    public const int MaxRegions = 34;

    /// <summary>Most licence types of one agreement.</summary>
    public const int MaxTypes = 200;

    private const int MinRegions = 2;

    /// <summary>
    /// Proposes a document. While it is not in force a region may propose the next version, and acceptance starts over; what
    /// is in force no single region can replace: its successor has another name.
    /// </summary>
    public static Refusal? Propose(Call call, ProposeAgreement arguments)
    {
        var document = arguments.Document ?? new AgreementDocument();
        var refusal = CheckForm(document) ?? CheckTypes(call, document);
        if (refusal is not null) return refusal;
        if (!document.Regions.Contains(call.Signer.Region.Value)) return new Refusal(AgreementCodes.NotAParty, $"regions do not name {call.Signer.Region}, the signer's.");
        var key = StateKeys.Agreement(document.Name);
        var last = call.Find(key, AgreementRecord.Parser);
        if (last is { InForceSinceMs: not 0 }) return new Refusal(AgreementCodes.InForce, $"{document.Name} is in force; its successor needs another name.");
        var next = (last?.Document.Version ?? 0) + 1;
        if (document.Version != next) return new Refusal(AgreementCodes.BadVersion, $"version is {document.Version}; the next of {document.Name} is {next}.");
        var record = new AgreementRecord { Document = document, DocumentHash = ByteString.CopyFrom(Sm3.Hash(document.ToByteArray()).Span) };
        call.Put(key, record, "agreement.proposed", document.Name);
        return null;
    }

    /// <summary>Accepts a proposed document for the signer's region.</summary>
    public static Refusal? Accept(Call call, AcceptAgreement arguments)
    {
        if (!ShortCode.IsValid(arguments.Name) || call.Find(StateKeys.Agreement(arguments.Name), AgreementRecord.Parser) is not { } proposed)
            return new Refusal(AgreementCodes.UnknownAgreement, "No agreement of that name was proposed.");
        var region = call.Signer.Region.Value;
        if (!proposed.DocumentHash.Equals(arguments.DocumentHash)) return new Refusal(AgreementCodes.OtherDocument, $"document_hash is not that of {arguments.Name} as proposed.");
        if (!proposed.Document.Regions.Contains(region)) return new Refusal(AgreementCodes.NotAParty, $"{arguments.Name} does not name {region}, the signer's region.");
        if (proposed.AcceptedRegions.Contains(region)) return new Refusal(AgreementCodes.AlreadyAccepted, $"{region} accepted {arguments.Name} before.");
        var record = proposed.Clone();
        Insert(record.AcceptedRegions, region);
        var inForce = record.AcceptedRegions.Count == record.Document.Regions.Count;
        if (inForce) record.InForceSinceMs = call.Now.Milliseconds;
        call.Put(StateKeys.Agreement(arguments.Name), record, "agreement.accepted", arguments.Name);
        if (inForce) call.Raise("agreement.in-force", arguments.Name, record.ToByteArray());
        return null;
    }

    private static Refusal? CheckForm(AgreementDocument document)
    {
        if (!ShortCode.IsValid(document.Name) || !PlainText.IsValid(document.Title) || !Instants.IsInstant(document.SinceMs))
            return new Refusal(AgreementCodes.BadAgreement, $"name is {ShortCode.Rule}; title is {PlainText.Rule}; since_ms is an instant up to the year 9999.");
        if (document.Regions.Count is < MinRegions or > MaxRegions || !SortedStrings.IsAscending(document.Regions) || !document.Regions.All(r => RegionCode.TryParse(r, out _)))
            return new Refusal(AgreementCodes.BadRegions, $"regions are {MinRegions} to {MaxRegions} distinct codes of GB/T 2260, ascending.");
        return document.LicenceTypes.Count is 0 or > MaxTypes || !SortedStrings.IsAscending(document.LicenceTypes) || !document.LicenceTypes.All(t => ShortCode.IsValid(t))
            ? new Refusal(AgreementCodes.BadTypes, $"licence_types are 1 to {MaxTypes} distinct codes, ascending.")
            : null;
    }

    private static Refusal? CheckTypes(Call call, AgreementDocument document)
    {
        foreach (var type in document.LicenceTypes)
        {
            if (!call.Exists(StateKeys.LicenceType(type))) return new Refusal(AgreementCodes.UnknownType, $"{type} is not in the catalogue.");
        }

        return null;
    }

    // Sorted, so that the record does not tell who came first: the chain does that.
    private static void Insert(Google.Protobuf.Collections.RepeatedField<string> sorted, string value)
    {
        var at = 0;
        while (at < sorted.Count && string.CompareOrdinal(sorted[at], value) < 0) at++;
        sorted.Insert(at, value);
    }
}
