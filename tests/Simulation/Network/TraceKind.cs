namespace LicenceChain.Simulation.Network;

/// <summary>What a trace notes. The numbers are part of the trace's hash.</summary>
internal enum TraceKind : byte
{
    None = 0,
    PowerOn = 1,
    PowerOff = 2,
    Stopped = 3,
    Event = 4,
    Sent = 5,
    Lost = 6,
    Stored = 7,
    LinkUp = 8,
    LinkDown = 9,
    Disk = 10,
    Submitted = 11,
    Answered = 12,
    Fault = 13,
    Calm = 14,
}
