namespace LicenceChain.Protocol.Cryptography;

/// <summary>A point of the curve other than infinity, by its coordinates.</summary>
internal struct Sm2AffinePoint
{
    public Sm2FieldElement X;
    public Sm2FieldElement Y;

    /// <summary>y² = x³ − 3x + b.</summary>
    public readonly bool IsOnCurve()
    {
        Sm2FieldElement.Square(out var right, X);
        Sm2FieldElement.Scale(out var three, Sm2FieldElement.One, 3);
        Sm2FieldElement.Subtract(out right, right, three);
        Sm2FieldElement.Multiply(out right, right, X);
        Sm2FieldElement.Add(out right, right, Sm2FieldElement.CurveB);
        Sm2FieldElement.Square(out var left, Y);
        Sm2FieldElement.Subtract(out var difference, left, right);
        return difference.IsZero();
    }
}
