using System.Diagnostics;
using System.Globalization;
using LicenceChain.Load.Network;

namespace LicenceChain.EndToEnd.Faults;

/// <summary>
/// The disk of one validator, which can be made to fill up: a small file system of its own where the machine lets us mount one, else the same validator under a limit
/// on the size of its files (RLIMIT_FSIZE), which any user may set.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    // The load writes this in a few seconds.
    private const long RoomLeft = 128 * 1024;
    private const int ShellBlock = 512;
    private const int Attempts = 50;

    private readonly ValidatorProcess _validator;
    private readonly string _script;

    private SmallDisk(ValidatorProcess validator, bool isMounted)
    {
        (_validator, IsMounted) = (validator, isMounted);
        _script = validator.Script;
    }

    /// <summary>True for a file system; false for a limit on files.</summary>
    public bool IsMounted { get; }

    /// <summary>Of a validator that has not been started.</summary>
    public static SmallDisk Of(ValidatorProcess validator)
    {
        Directory.CreateDirectory(validator.DataFolder);
        var prepared = Directory.GetFiles(validator.DataFolder).Select(path => (Path: path, Content: File.ReadAllBytes(path))).ToList(); // votes.new: without it the key counts as one that may have voted
        var disk = new SmallDisk(validator, OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=1g,mode=700", "licencechain-test", validator.DataFolder));
        foreach (var (path, content) in prepared) File.WriteAllBytes(path, content);
        return disk;
    }

    /// <summary>From now on there is room for a few blocks only.</summary>
    public void Fill()
    {
        if (IsMounted)
        {
            // Below what is used by now the kernel refuses it: on a busy machine the validator writes more than that before mount has its turn.
            var isFull = Enumerable.Range(0, Attempts).Any(_ => Run("mount", "-o", "remount,size=" + (Used() + RoomLeft).ToString(CultureInfo.InvariantCulture), _validator.DataFolder));
            Assert.True(isFull);
            return;
        }

        // The limit is the shell's, and stays with the process: start it under one. The runtime's own mapped code does not fit under it, hence the variable;
        // XFSZ would end the process before it could say why.
        var blocks = (Directory.EnumerateFiles(_validator.DataFolder, "*", SearchOption.AllDirectories).Max(path => new FileInfo(path).Length) + RoomLeft) / ShellBlock;
        _validator.Stop();
        _validator.Script = $"trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0; ulimit -f {blocks.ToString(CultureInfo.InvariantCulture)}; {_script}";
        _validator.Start();
    }

    /// <summary>There is room again; a limit on files ends with the process.</summary>
    public void Free()
    {
        if (IsMounted) Assert.True(Run("mount", "-o", "remount,size=1g", _validator.DataFolder));
        _validator.Script = _script;
    }

    /// <summary>After the validator has ended.</summary>
    public void Dispose()
    {
        if (IsMounted) Run("umount", _validator.DataFolder);
    }

    private long Used()
    {
        var drive = new DriveInfo(_validator.DataFolder);
        return drive.TotalSize - drive.TotalFreeSpace;
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // no such program on this machine
        }
    }
}
