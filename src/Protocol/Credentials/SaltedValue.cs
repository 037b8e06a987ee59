namespace LicenceChain.Protocol.Credentials;

/// <summary>An attribute of a licence before it is committed to.</summary>
/// <param name="Name">Its name in the licence type, 1 to 64 characters.</param>
/// <param name="Value">Its value, at most 4,096 bytes of UTF-8. Personal data.</param>
/// <param name="Salt">Random bytes that serve this attribute only.</param>
public readonly record struct SaltedValue(string Name, string Value, AttributeSalt Salt)
{
    /// <summary>The name: the value is personal data.</summary>
    public override string ToString() => Name;
}
