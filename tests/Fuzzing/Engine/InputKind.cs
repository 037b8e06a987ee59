namespace LicenceChain.Fuzzing.Engine;

/// <summary>What a target reads, so that input can be wrong in the ways that its form allows.</summary>
internal enum InputKind
{
    Unspecified = 0,
    Bytes = 1,
    Proto = 2,
    Text = 3,
    Json = 4,
}
