using Google.Protobuf;
using LicenceChain.Fuzzing.Engine;
using LicenceChain.Fuzzing.Network;
using LicenceChain.Node;
using LicenceChain.Node.Api;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Divergence;
using LicenceChain.Node.Network;
using LicenceChain.Node.Snapshots;
using LicenceChain.Node.Snapshots.Joining;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Node.Tests.Storage;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using static LicenceChain.Fuzzing.Targets.Refusing;

namespace LicenceChain.Fuzzing.Targets;

/// <summary>What a node reads from its peers, its disk and its operator.</summary>
internal static class NodeTargets
{
    public static IEnumerable<FuzzTarget> All(SampleChain chain) => [.. Peers(chain), .. Disk(chain), .. Settings(chain)];

    private static IEnumerable<FuzzTarget> Peers(SampleChain chain)
    {
        var peer = chain.Directory.Anchor.Validators.Validators[1].Key.Id;
        var block = chain.Blocks[^1];
        LinkMessage[] messages =
        [
            .. chain.Votes.Take(6).Select(record => new LinkMessage { Consensus = record.Message }),
            new LinkMessage { Transactions = new TransactionGossip { Transactions = { chain.Blocks.SelectMany(one => one.Block.Transactions).Take(3).Select(one => ByteString.CopyFrom(one.Bytes.Span)) } } },
            new LinkMessage { Status = new PeerStatus { Head = 7, Lowest = 1 } },
            new LinkMessage { BlockRequest = new BlockRequest { From = 1, Count = 4 } },
            new LinkMessage { BlockResponse = new BlockResponse { Blocks = { ByteString.CopyFrom(block.Bytes.Span) } } },
        ];
        yield return Message("link-message", LinkMessage.Parser, messages, message => By<LinkRefusedException>(() => LinkInbox.Read(peer, message)), "Node.Network.LinkInbox.Read")
            with { FixedBytes = 3 << 20 }; // a length of nearly 2^31 costs the library up to 2 MB before it refuses: below a message's bound
        yield return Message("prove-request", ProveRequest.Parser, [new ProveRequest { Keys = { ByteString.CopyFrom([(byte)'l', 1, 2, 3]) } }], message => StateQueries.TryReadKeys(message, out _, out _), "Node.Api.StateQueries.TryReadKeys");
        yield return Message("trace-reply", TraceReply.Parser, [], message => TracePage.TryFrom(message, out var page) && Same(page.ToMessage().ToByteArray(), Known(message), "A page of a trace"), "Node.Divergence.TracePage.TryFrom");
        yield return new("snapshot-manifest", InputKind.Proto, [], bytes => SnapshotManifest.TryParse(bytes, out _), "Node.Snapshots.SnapshotManifest.TryParse") { Shape = SnapshotManifestMessage.Descriptor };
        byte[][] rows = [.. RowChunk.Pack([(new byte[] { (byte)'l', 1 }, new byte[] { 1, 2, 3 }), (new byte[] { (byte)'l', 2 }, new byte[] { 4, 5 })]).Select(chunk => chunk.ToArray())];
        yield return new("snapshot-rows", InputKind.Proto, rows, bytes => SnapshotRows.TryParse(bytes, out _), "Node.Snapshots.SnapshotRows.TryParse") { Shape = SnapshotRowsMessage.Descriptor };
        byte[][] blocks = [.. BlockChunk.Pack(chain.Blocks.Take(3).Select(one => one.Bytes)).Select(chunk => chunk.ToArray())];
        yield return new("snapshot-blocks", InputKind.Proto, blocks, bytes => BlockChunk.TryParse(bytes, out _), "Node.Snapshots.BlockChunk.TryParse") { Shape = SnapshotBlocksMessage.Descriptor, BytesPerByte = 300 };
        byte[][] window = [.. chain.Blocks.Take(3).Select(one => one.Bytes.ToArray())];
        yield return new("window-block", InputKind.Proto, window, bytes => WindowBlock.TryParse(bytes, out _), "Node.Snapshots.Joining.WindowBlock.TryParse") { Shape = CommittedBlockMessage.Descriptor, BytesPerByte = 300 };
    }

    private static IEnumerable<FuzzTarget> Disk(SampleChain chain)
    {
        var head = new byte[RecordFrame.HeadSize];
        RecordFrame.WriteHead(head, 5, [1, 2, 3]);
        yield return new("record-head", InputKind.Bytes, [head], bytes => bytes.Length == RecordFrame.HeadSize && RecordFrame.TryReadHead(bytes, 1 << 20, out _), "Node.Storage.RecordFrame.TryReadHead") { MaxInput = 64 };
        var segment = chain.Files["00000000000000000000.seg"];
        yield return new("segments", InputKind.Bytes, [segment[..int.Min(segment.Length, 60_000)]], bytes => By<CorruptStorageException>(() =>
        {
            var folder = Holding("00000000000000000000.seg", bytes);
            using var store = SegmentBlockStore.Open(folder);
            if (store.Head is { } top) store.TryRead(top, out _);
        })) { FixedBytes = 64 << 20 };
        var votes = chain.Files["votes.wal"];
        yield return new("vote-log", InputKind.Bytes, [votes[..int.Min(votes.Length, 60_000)]], bytes => By<CorruptStorageException>(() => VoteLog.Open(Holding("votes.wal", bytes), "votes.wal", mustExist: true).Dispose()), "Node.Storage.VoteLog.Open") { FixedBytes = 64 << 20 };
        var block = chain.Blocks[^1];
        var change = new SetChangeMessage { Header = ByteString.CopyFrom(block.Block.Header.Bytes.Span), Certificate = ByteString.CopyFrom(block.Certificate!.Bytes.Span), Next = chain.Directory.Anchor.Validators.ToMessage() };
        yield return Message("set-change", SetChangeMessage.Parser, [change], message => SetChange.TryFrom(message, out _), "Node.Storage.SetChange.TryFrom");
        var marked = new MemoryFolder();
        VoteLossMarker.Write(marked, "votes.wal", new Height(7));
        yield return new("vote-loss-marker", InputKind.Text, [marked["votes.wal.lost"]], bytes => VoteLossMarker.ReadSeen(Holding("votes.wal.lost", bytes), "votes.wal") is not null, "Node.Storage.VoteLossMarker.ReadSeen") { MaxInput = 4_096 };
        yield return new("set-change-bytes", InputKind.Proto, [change.ToByteArray()], bytes => SetChange.TryParse(bytes, out var one) && Same(one.ToMessage().ToByteArray(), bytes, "A change of the set"), "Node.Storage.SetChange.TryParse") { Shape = SetChangeMessage.Descriptor };
    }

    private static IEnumerable<FuzzTarget> Settings(SampleChain chain)
    {
        var file = new InputFile(chain.Folder);
        yield return new("node.json", InputKind.Json, [File.ReadAllBytes(chain.Directory.Regions[0].NodeConfigurationPath)], bytes =>
            By<NetworkDirectoryException>(() => NodeConfigurationFile.Read(file.With("node.json", bytes))), "Node.Configuration.NodeConfigurationFile.Read") { FixedBytes = 4 << 20 };
        yield return new("genesis.json", InputKind.Json, [File.ReadAllBytes(chain.Directory.GenesisPath)], bytes =>
            By<NodeFaultException>(() => GenesisFile.Read(file.With("genesis.json", bytes))), "Node.GenesisFile.Read") { FixedBytes = 32 << 20, BytesPerByte = 1_000, MaxInput = 128 * 1024 };
        yield return new("network.json", InputKind.Json, [File.ReadAllBytes(Path.Combine(chain.Directory.Root, NetworkPaths.Network))], bytes =>
            By<NetworkDirectoryException>(() => NetworkDirectory.Open(file.FolderWith(chain.Directory.Root, NetworkPaths.Network, bytes))), "Node.Configuration.NetworkDirectory.Open") { FixedBytes = 8 << 20 };
        yield return new("host-address", InputKind.Text, [Bytes("10.1.0.31"), Bytes("fd00::31")], bytes =>
            HostAddress.TryParse(Refusing.Text(bytes), out var address) && HostAddress.TryParse(address.ToString(), out _), "Node.Configuration.HostAddress.TryParse") { MaxInput = 4_096 };
        yield return new("fingerprint", InputKind.Text, [Bytes(new string('a', 64))], bytes => CertificateFingerprint.TryParse(Refusing.Text(bytes), out _), "Node.Configuration.CertificateFingerprint.TryParse") { MaxInput = 4_096 };
        yield return new("event-position", InputKind.Text, [Bytes("5.0.1")], bytes => EventPosition.TryParse(Refusing.Text(bytes), out var position) && EventPosition.TryParse(position.ToString(), out var again) && Same(again.ToString(), position.ToString(), "A position"), "Node.Api.EventPosition.TryParse") { MaxInput = 4_096 };
    }

    private static MemoryFolder Holding(string name, byte[] bytes)
    {
        var folder = new MemoryFolder();
        using var file = folder.Open(name);
        file.Write(bytes, 0);
        return folder;
    }
}
