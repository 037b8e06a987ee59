using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Loop;

/// <summary>C-ALARM: the last alarm that was raised, whether or not it still holds.</summary>
/// <param name="Reason">Its code.</param>
/// <param name="Detail">In plain words.</param>
/// <param name="Height">Of the head when it was raised.</param>
/// <param name="At">When.</param>
internal sealed record PastAlarm(string Reason, string Detail, Height Height, UnixTime At);
