using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules;

/// <summary>Votes and messages as a reader of a trace wants them.</summary>
internal static class Words
{
    private const int DigestDigits = 6;

    public static string Of(VoteMessage vote)
    {
        var text = $"{vote.Type} by {vote.Validator} h{vote.Height} r{vote.Round}";
        if (!vote.Digest.IsEmpty) text += $" for {Short(vote.Digest)}";
        if (vote.PreparedRoundPlusOne > 0) text += $" prepared r{vote.PreparedRoundPlusOne - 1} {Short(vote.PreparedDigest)}";
        return text;
    }

    public static string Of(Known message)
    {
        if (message.Vote is not { } vote) return Known.VoteOf(message.Parse()) is { } refused ? $"{Of(refused)} (to be refused: {message.Refusal})" : $"what is no message ({message.Refusal})";
        var proof = message.Content!.Proposal is { } proposal ? $" with {proposal.RoundChanges.Count} RoundChanges [{string.Join(", ", proposal.RoundChanges.Select(c => $"{c.Validator}{(c.PreparedRoundPlusOne > 0 ? $":r{c.PreparedRoundPlusOne - 1}" : "")}"))}] and {proposal.Prepares.Count} Prepares" : "";
        return Of(vote) + proof;
    }

    private static string Short(Google.Protobuf.ByteString digest) => Convert.ToHexStringLower(digest.Span)[..DigestDigits];
}
