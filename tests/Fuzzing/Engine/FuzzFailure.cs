namespace LicenceChain.Fuzzing.Engine;

/// <summary>An input that a target did not take as it should.</summary>
internal sealed record FuzzFailure(string Target, int Seed, string Problem, byte[] Input, string Detail)
{
    private const int MaxShown = 4096;

    public override string ToString() =>
        $"{Target}, seed {Seed}: {Problem}\n{Detail}\ninput ({Input.Length} bytes): {Convert.ToHexStringLower(Input.AsSpan(0, int.Min(Input.Length, MaxShown)))}{(Input.Length > MaxShown ? "…" : "")}\n"
        + $"as text: {System.Text.Encoding.UTF8.GetString(Input.AsSpan(0, int.Min(Input.Length, 400)))}\n"
        + $"again: dotnet run -c Release --project tests/Fuzzing -- --target {Target} --seed {Seed} --count 1";
}
