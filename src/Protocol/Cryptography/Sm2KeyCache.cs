using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>
/// Keys met lately, so that one parsed again and again (from a record, from a message) is the same object, with its table.
/// Two generations of bounded size: a key that is met moves to the young one; when that is full, it becomes the old one and
/// the old one goes. Keys met once cannot push out those in use. It holds pure values: whether one is found changes no result.
/// </summary>
internal sealed class Sm2KeyCache
{
    /// <summary>
    /// Keys in a generation: several times the officers' and validators' keys of a large consortium. With both generations
    /// full of tables (16 KiB each) it takes 33 MiB.
    /// </summary>
    public const int GenerationSize = 1024;

    private readonly Lock _lock = new();
    private Dictionary<KeyId, Sm2PublicKey> _young = new(GenerationSize);
    private Dictionary<KeyId, Sm2PublicKey> _old = [];

    /// <summary>The one cache of the process.</summary>
    public static Sm2KeyCache Shared { get; } = new();

    /// <summary>The key of this id, if it was met lately.</summary>
    public Sm2PublicKey? Find(KeyId id)
    {
        lock (_lock)
        {
            if (_young.TryGetValue(id, out var key)) return key;
            if (!_old.Remove(id, out key)) return null;
            Insert(key);
            return key;
        }
    }

    /// <summary>Keeps a key, and returns the one to use: the one kept before where there is one.</summary>
    public Sm2PublicKey Keep(Sm2PublicKey key)
    {
        lock (_lock)
        {
            if (_young.TryGetValue(key.Id, out var known)) return known;
            Insert(key);
            return key;
        }
    }

    private void Insert(Sm2PublicKey key)
    {
        if (_young.Count == GenerationSize) (_old, _young) = (_young, new Dictionary<KeyId, Sm2PublicKey>(GenerationSize));
        _young.Add(key.Id, key);
    }
}
