using System.Buffers.Binary;
using Google.Protobuf;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Contracts.Recognition;

/// <summary>
/// The hash of everything a decision was made of: the domain "LC1/recognition" and a zero byte, the time (8 bytes), then
/// request, requester, licence, matter, grant, use, presenter, and the agreements by name; each as 0, or 1, length (4 bytes) and bytes.
/// </summary>
internal static class RecognitionInputs
{
    private const byte Absent = 0;
    private const byte Present = 1;

    public static Hash256 Hash(RecognitionFacts facts, RecognitionRequest request, UnixTime now)
    {
        var hasher = new Sm3Hasher();
        hasher.Append("LC1/recognition\0"u8);
        Span<byte> time = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(time, now.Milliseconds);
        hasher.Append(time);
        Append(hasher, request.ToMessage());
        Append(hasher, facts.Requester);
        Append(hasher, facts.Licence);
        Append(hasher, facts.Matter);
        Append(hasher, facts.Grant);
        Append(hasher, facts.Use);
        Append(hasher, facts.Presenter is { } presenter ? presenter.ToArray() : null);
        var agreements = new List<AgreementRecord>(facts.Agreements);
        agreements.Sort(static (left, right) => string.CompareOrdinal(left.Document.Name, right.Document.Name));
        foreach (var agreement in agreements) Append(hasher, agreement);
        return hasher.Finish();
    }

    private static void Append(Sm3Hasher hasher, IMessage? record) => Append(hasher, record?.ToByteArray());

    private static void Append(Sm3Hasher hasher, byte[]? bytes)
    {
        if (bytes is null)
        {
            hasher.Append([Absent]);
            return;
        }

        Span<byte> head = stackalloc byte[1 + sizeof(int)];
        head[0] = Present;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], bytes.Length);
        hasher.Append(head);
        hasher.Append(bytes);
    }
}
