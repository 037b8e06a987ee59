namespace LicenceChain.Simulation.Model;

/// <summary>A move and the messages it takes, in one word: kind, then up to three times seat and statement.</summary>
internal readonly record struct Script(ulong Word)
{
    private const int Bits = 8;
    private const int StatementBits = 6;

    public MoveKind Kind => (MoveKind)(Word & 0xff);

    public int Count => (int)(Word >> Bits) & 0xff;

    public static Script Of(MoveKind kind) => new((ulong)kind);

    /// <summary>One more message.</summary>
    public Script With(int seat, int statement) =>
        new((Word + (1UL << Bits)) | ((ulong)((seat << StatementBits) | statement) << (Bits * (2 + Count))));

    public (int Seat, int Statement) Message(int index)
    {
        var code = (int)(Word >> (Bits * (2 + index))) & 0xff;
        return (code >> StatementBits, code & ((1 << StatementBits) - 1));
    }
}
