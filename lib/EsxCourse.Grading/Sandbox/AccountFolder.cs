using EsxCourse.Contracts;

namespace EsxCourse.Grading.Sandbox;

/// <summary>Copies of what locked-in programs need, where accounts that own nothing may read them and only root may change them.</summary>
internal sealed class AccountFolder : IDisposable
{
    private const UnixFileMode ReadableFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    private const UnixFileMode ReadableFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly string folder;

    /// <param name="files">The files to copy.</param>
    /// <exception cref="BadInputException">It cannot be made.</exception>
    public AccountFolder(IEnumerable<string> files)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException();
        folder = Directory.CreateTempSubdirectory("esx-locked-in-").FullName;
        foreach (string file in files)
        {
            File.Copy(file, At(file), overwrite: true);
            File.SetUnixFileMode(At(file), ReadableFile);
        }

        File.SetUnixFileMode(folder, ReadableFolder);
    }

    /// <summary>Where the copy of a file is.</summary>
    public string At(string file) => Path.Combine(folder, Path.GetFileName(file));

    /// <summary>Holds that an account may read what it needs and nothing of what is hidden.</summary>
    /// <param name="needed">Files that it must be able to read.</param>
    /// <param name="hidden">Folders that it must be able neither to list nor to enter.</param>
    /// <exception cref="BadInputException">It is otherwise: nothing may be graded.</exception>
    public static void Check(IEnumerable<string> needed, IEnumerable<string> hidden)
    {
        foreach (string tool in new[] { "setpriv", "prlimit", "sh" })
            if (SandboxTools.Missing(tool) is BadInputException missing)
                throw missing;
        if (!Environment.IsPrivilegedProcess)
            throw new BadInputException("sandbox", "no namespaces can be made here, and without root no other account can be used", "run the grader as root, or where bwrap may make namespaces");
        if (!SandboxTools.Holds(AccountCommand.Workers, "for file; do test -r \"$file\" || exit 1; done", needed))
            throw new BadInputException("sandbox", "an account without rights cannot read .NET or the worker", "make their folders readable for everybody");
        foreach (string folder in hidden)
            if (!SandboxTools.Holds(AccountCommand.Workers, "test ! -r \"$1\" && test ! -x \"$1\"", [folder]))
                throw new BadInputException(folder, "an account without rights could read it, so no submission is run", "make it root's alone (chmod 0700)");
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);
}
