using LicenceChain.Node.BlockProduction;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using Microsoft.Data.Sqlite;

namespace LicenceChain.Node.Storage;

/// <summary>How a <see cref="StateMark"/> stands in the database.</summary>
internal static class StateMarkRows
{
    private const string Header = "header";
    private const string Certificate = "certificate";
    private const string DecidedBy = "decided_by";
    private const string Genesis = "genesis";

    /// <summary>The mark as named values.</summary>
    public static IReadOnlyList<(string Name, byte[] Value)> Of(StateMark mark) =>
    [
        (Header, mark.Head.Header.Bytes.ToArray()),
        (Certificate, mark.Head.Certificate?.Bytes.ToArray() ?? []),
        (DecidedBy, mark.DecidedBy.ToArray()),
        (Genesis, mark.GenesisHash.ToArray()),
    ];

    /// <summary>Where the rows stand as the transaction sees them; null for a new database. Throws <see cref="StateDamagedException"/> when what is written there is no mark.</summary>
    public static StateMark? Read(SqliteConnection connection, SqliteTransaction? transaction)
    {
        if (Meta(Header) is not { } header || Meta(Certificate) is not { } certificate || Meta(DecidedBy) is not { } decidedBy || Meta(Genesis) is not { } genesis) return null;
        CommitCertificate? commit = null;
        return BlockHeader.TryParse(header, out var parsed) && (certificate.Length == 0 || CommitCertificate.TryParse(certificate, out commit)) && Hash256.TryFrom(genesis, out var hash)
            ? new StateMark(new ChainHead(parsed, commit), decidedBy, hash)
            : throw new StateDamagedException("What it says of the block it stands after cannot be read.");

        byte[]? Meta(string name)
        {
            using var command = SqliteSchema.Command(connection, "SELECT value FROM meta WHERE name=$n", "$n");
            command.Transaction = transaction;
            command.Parameters[0].Value = name;
            return command.ExecuteScalar() as byte[];
        }
    }
}
