namespace LicenceChain.Protocol.Credentials;

/// <summary>An attribute that was shown and stands under a commitment.</summary>
/// <param name="Name">Its name in the licence type.</param>
/// <param name="Value">Its value. Personal data.</param>
public readonly record struct AttributeValue(string Name, string Value)
{
    /// <summary>The name: the value is personal data.</summary>
    public override string ToString() => Name;
}
