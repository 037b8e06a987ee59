using LicenceChain.Hosting.Files;

namespace LicenceChain.Node.Storage;

/// <summary>The files of state.db. They are derived from the blocks, so a damaged one is put aside and built again.</summary>
internal static class StateDatabase
{
    /// <summary>Added to the name of a database that was damaged; one is kept, the last.</summary>
    public const string DamagedSuffix = ".damaged";

    // Beside the database once damage was found while it was open: the next start need not find it again.
    private const string NoticeSuffix = ".rebuild";

    /// <summary>Opens the database for <paramref name="use"/>. Is it damaged, it is put aside, said, and <paramref name="use"/> runs once more over an empty one.</summary>
    public static T Open<T>(string path, Func<SqliteStateStore, T> use, Action<string> onDamaged)
    {
        if (File.Exists(path + NoticeSuffix)) PutAside(path);
        try
        {
            return OpenOnce(path, use);
        }
        catch (StateDamagedException e)
        {
            onDamaged(e.Message);
            PutAside(path);
            return OpenAnew(path, use);
        }
    }

    /// <summary>Damage was found while the node ran: the next start builds the database anew.</summary>
    public static void Condemn(string path) => File.WriteAllText(path + NoticeSuffix, "The database was found damaged and is built anew at the next start.\n");

    private static T OpenAnew<T>(string path, Func<SqliteStateStore, T> use)
    {
        try
        {
            return OpenOnce(path, use);
        }
        catch (StateDamagedException e)
        {
            throw new CorruptStorageException($"{path} was built anew and is damaged again: {e.Message} Look at the disk.", e);
        }
    }

    private static T OpenOnce<T>(string path, Func<SqliteStateStore, T> use)
    {
        var store = SqliteStateStore.Open(path);
        try
        {
            return use(store);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private static void PutAside(string path)
    {
        foreach (var suffix in new[] { "-wal", "-shm" }) File.Delete(path + suffix); // without the database they say nothing
        if (File.Exists(path)) File.Move(path, path + DamagedSuffix, overwrite: true);
        File.Delete(path + NoticeSuffix);
        DirectoryFlush.Run(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
