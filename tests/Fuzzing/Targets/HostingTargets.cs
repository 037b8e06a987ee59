using System.Buffers;
using System.Security.Cryptography;
using LicenceChain.Fuzzing.Engine;
using LicenceChain.Fuzzing.Network;
using LicenceChain.Hosting.AccessLog;
using LicenceChain.Hosting.Grpc;
using LicenceChain.Hosting.Listening;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using Google.Protobuf;
using static LicenceChain.Fuzzing.Targets.Refusing;

namespace LicenceChain.Fuzzing.Targets;

/// <summary>The edges that both services share: gRPC framing, access log, checkpoint notes, tokens.</summary>
internal static class HostingTargets
{
    private const string Origin = "11310000MB1LC0001N/vault";

    public static IEnumerable<FuzzTarget> All(SampleChain chain)
    {
        yield return Frames();
        var buffer = new byte[4096];
        var length = LogFrame.Write(buffer, 5, 3, [1, 2, 3, 4], out _);
        yield return new("log-frame", InputKind.Bytes, [buffer[..length]], bytes => LogFrame.TryRead(bytes, out _), "Hosting.AccessLog.LogFrame.TryRead") { MaxInput = 4_096 };
        var records = chain.Files["records"];
        yield return new("access-log", InputKind.Bytes, [records, .. Halves(records)], bytes => By<AccessLogDamagedException>(() =>
        {
            using var store = AccessLogStore.Open(new MemoryLogFiles(bytes));
            if (store.Size > 0) store.Read(0);
        })) { FixedBytes = 4 << 20, MaxInput = 128 * 1024 };
        using var key = Sm2PrivateKey.Generate();
        var note = CheckpointNote.Sign(Origin, new LogCheckpoint(7, Hash256.From([1, .. new byte[31]])), key);
        yield return new("checkpoint-note", InputKind.Text, [Bytes(note)], bytes => CheckpointNote.TryVerify(Refusing.Text(bytes), Origin, key.PublicKey, out _), "Hosting.AccessLog.CheckpointNote.TryVerify") { FixedBytes = 2 << 20, MaxInput = 8_192 };
        yield return new("tile-path", InputKind.Text, [Bytes("0/x001/067"), Bytes(new TilePath(1, 1234, 256).ToString())], bytes =>
            TilePath.TryParse(Refusing.Text(bytes), out var path) && Same(path.ToString(), Refusing.Text(bytes), "A tile path"), "Hosting.AccessLog.TilePath.TryParse") { MaxInput = 4_096 };
        yield return new("grpc-status-message", InputKind.Text, [Bytes(GrpcStatusMessage.Encode("No: 100% 中文"))], bytes => GrpcStatusMessage.Decode(Refusing.Text(bytes)).Length >= 0, "Hosting.Grpc.GrpcStatusMessage.Decode") { MaxInput = 4_096 };
        yield return new("grpc-timeout", InputKind.Text, [Bytes("100m"), Bytes("99999999H")], bytes => GrpcTimeout.TryParse(Refusing.Text(bytes), out _), "Hosting.Grpc.GrpcTimeout.TryParse") { MaxInput = 4_096 };
        yield return new("listen-address", InputKind.Text, [Bytes("127.0.0.1:7101"), Bytes("[::1]:80")], bytes =>
            ListenAddress.TryParse(Refusing.Text(bytes), out var address) && ListenAddress.TryParse(address.ToString(), out _), "Hosting.Listening.ListenAddress.TryParse") { MaxInput = 4_096 };
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        yield return new("token-key", InputKind.Text, [Bytes(ecdsa.ExportSubjectPublicKeyInfoPem())], bytes => By<CryptographicException>(() => TokenKeys.Import(Refusing.Text(bytes), "tokens.pub").Dispose()), "Hosting.Tokens.TokenKeys.Import") { MaxInput = 8_192 };
    }

    private static FuzzTarget Frames()
    {
        var writer = new ArrayBufferWriter<byte>();
        GrpcFrames.Write(writer, new SubmitRequest { Transaction = ByteString.CopyFrom(new byte[90]), Wait = true }, GrpcLimits.MaxMessageBytes);
        GrpcFrames.Write(writer, new SubmitRequest { Transaction = ByteString.CopyFrom(new byte[9]) }, GrpcLimits.MaxMessageBytes);
        return new FuzzTarget("grpc-frames", InputKind.Bytes, [writer.WrittenSpan.ToArray(), Zipped(new byte[64 * 1024]), Zipped(new byte[100])], bytes => By<GrpcException>(() =>
        {
            var rules = new GrpcFrameRules<SubmitRequest>(SubmitRequest.Parser, Gzip: true, MaxMessageBytes: 64 * 1024, GrpcStatus.InvalidArgument);
            var rest = new ReadOnlySequence<byte>(bytes);
            while (GrpcFrames.TryTake(ref rest, rules, out SubmitRequest? message)) _ = message;
        })) { FixedBytes = 1 << 20, BytesPerByte = 2_000 };
    }

    // A frame of gzip that says so; whatever it inflates to is bounded too.
    private static byte[] Zipped(byte[] plain)
    {
        using var body = new MemoryStream();
        using (var zip = new System.IO.Compression.GZipStream(body, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true)) zip.Write(plain);
        var frame = new byte[5 + body.Length];
        frame[0] = 1;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)body.Length);
        body.ToArray().CopyTo(frame, 5);
        return frame;
    }

    private static IEnumerable<byte[]> Halves(byte[] whole) => whole.Length < 2 ? [] : [whole[..(whole.Length / 2)]];
}
