using System.Globalization;
using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Sdk.Verification;

namespace LicenceChain.Sdk.Tests.Support;

/// <summary>Certified headers over a real state tree, signed by as many validators as are asked: what an honest network, or a dishonest one, would show.</summary>
internal sealed class Ledger
{
    public static readonly ChainId Chain = ChainId.Parse("test-chain");

    private readonly List<CertifiedHeader> _headers = [];
    private readonly SortedDictionary<StateKey, byte[]> _state = [];
    private SparseMerkleTree _tree = SparseMerkleTree.Empty;
    private TestValidators _current;
    private ulong _time = 1_700_000_000_000;

    public Ledger(TestValidators? validators = null)
    {
        _current = validators ?? TestValidators.First;
        Anchor = new TrustAnchor(Chain, Sm3.Hash("genesis"u8), new Height(0), _current.Set);
        Put(StateKeys.Parameters, new ParametersRecord { ValidityWindow = 100 });
    }

    public TrustAnchor Anchor { get; }

    /// <summary>Heights 1, 2, …</summary>
    public IReadOnlyList<CertifiedHeader> Headers => _headers;

    public CertifiedHeader Head => _headers[^1];

    public UnixTime Now => new(_time);

    public void Put(StateKey key, IMessage record)
    {
        _state[key] = record.ToByteArray();
        _tree = _tree.Apply([new StateLeafChange(key.Hash, Sm3.Hash(_state[key]))]);
    }

    /// <summary>Closes a block over the state as it stands; <paramref name="next"/> decides from the following height on.</summary>
    public CertifiedHeader Close(TestValidators? next = null, int? signers = null, Hash256? parent = null)
    {
        _time += 1_000;
        var height = new Height((ulong)_headers.Count + 1);
        var header = BlockHeader.Of(new HeaderFields(
            Chain, height, parent ?? (_headers.Count == 0 ? Sm3.Hash("block 0"u8) : _headers[^1].Header.Digest), Now, Sm3.Hash("proposer"u8),
            MerkleTree.EmptyRoot, _tree.Root, MerkleTree.EmptyRoot, _current.Set.Hash, (next ?? _current).Set.Hash,
            height.Value <= 1 ? Hash256.Zero : Sm3.Hash("last commit"u8)));
        var certified = new CertifiedHeader(header, _current.Certify(header, signers ?? _current.Set.Quorum), next?.Set);
        _headers.Add(certified);
        _current = next ?? _current;
        return certified;
    }

    /// <summary>A proof of the keys under the head.</summary>
    public LicenceProof Prove(params IEnumerable<StateKey> keys)
    {
        var message = new LicenceProofMessage { Header = ByteString.CopyFrom(Head.Header.Bytes.Span), Certificate = ByteString.CopyFrom(Head.Certificate!.Bytes.Span) };
        foreach (var key in keys)
            message.States.Add(_tree.Prove(key.Hash).ToMessage(key.Span, _state.TryGetValue(key, out var value) ? value : []));
        return Of(message);
    }

    public static LicenceProof Of(LicenceProofMessage message) => LicenceProof.TryFrom(message, out var proof) ? proof : throw new InvalidOperationException("The test made no proof.");

    public static OrganisationCode Organisation(int number) =>
        OrganisationCode.Mint("11310000" + number.ToString("D9", CultureInfo.InvariantCulture));
}
