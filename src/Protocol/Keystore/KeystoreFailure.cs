namespace LicenceChain.Protocol.Keystore;

/// <summary>Why a keystore was not opened.</summary>
public enum KeystoreFailure
{
    /// <summary>Never the reason of a failure.</summary>
    Unspecified = 0,

    /// <summary>Not a keystore of this version, or changed by hand.</summary>
    Malformed = 1,

    /// <summary>The passphrase is wrong, or the ciphertext was changed: the two cannot be told apart.</summary>
    WrongPassphrase = 2,
}
