using System.Globalization;
using EsxCourse.Contracts;

namespace EsxCourse.Scan;

// What is compared with what. Every argument is a part of its own; a single folder is divided into what lies directly in it, so
// that `esx scan images/` compares the images with one another. A part's pages are compared with those of all others, and the report says
// for each pair what one would not have to hold because the other does. Pairs need a bit a part, so there are at most 64 parts;
// what lies beyond them is counted in the last one, and the report names it so.

/// <summary>The files, folders and processes to scan, divided into the parts that are compared.</summary>
public sealed class ScanInput
{
    /// <summary>The most parts that are told apart.</summary>
    public const int MaxParts = 64;

    private readonly List<string> parts = [];
    private readonly List<ScanSource> sources = [];
    private readonly List<ScanProblem> problems = [];

    private ScanInput()
    {
    }

    /// <summary>What is compared: the arguments, or what lies in the only one.</summary>
    public IReadOnlyList<string> Parts => parts;

    /// <summary>Every file and process, in an order that does not change from run to run.</summary>
    public IReadOnlyList<ScanSource> Sources => sources;

    /// <summary>What could not even be listed.</summary>
    public IReadOnlyList<ScanProblem> Problems => problems;

    /// <summary>Bytes to read.</summary>
    public long Length => sources.Sum(source => source.Length);

    /// <summary>Finds everything that the arguments name.</summary>
    /// <param name="arguments">Paths of files and folders, or <c>pid:N</c> for the memory of a process.</param>
    /// <param name="stop">Stops the listing of a large tree.</param>
    /// <returns>The input.</returns>
    /// <exception cref="BadInputException">An argument names nothing that can be read.</exception>
    public static ScanInput Find(IReadOnlyList<string> arguments, CancellationToken stop = default)
    {
        ScanInput input = new();
        if (arguments is [string only] && Directory.Exists(only))
        {
            foreach (string entry in input.Entries(only))
                input.Add(entry, entry, stop);
        }
        else
        {
            foreach (string argument in arguments)
                input.Add(argument, argument, stop);
        }

        return input;
    }

    /// <summary>Whether it leads elsewhere. What vanished since it was listed does not; it is reported when it is opened, and costs its folder nothing.</summary>
    private static bool IsLink(string path)
    {
        try
        {
            return (File.GetAttributes(path) & FileAttributes.ReparsePoint) != 0;
        }
        catch (Exception vanished) when (vanished is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private void Add(string argument, string name, CancellationToken stop)
    {
        int part = NewPart(name);
        if (argument.StartsWith("pid:", StringComparison.Ordinal))
            sources.Add(ProcessMemory.Of(ProcessId(argument), part));
        else if (Directory.Exists(argument))
            AddFolder(argument, part, stop);
        else if (File.Exists(argument))
            AddFile(argument, part);
        else
            throw new BadInputException(argument, "there is no such file or folder", "name a file, a folder, or a process as pid:1234");
    }

    private int NewPart(string name)
    {
        if (parts.Count < MaxParts)
            parts.Add(name);
        else
            parts[^1] = "everything else";
        return parts.Count - 1;
    }

    private static int ProcessId(string argument) =>
        int.TryParse(argument.AsSpan("pid:".Length), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
            ? pid
            : throw new BadInputException(argument, "is no process number", "write it as pid:1234");

    private void AddFolder(string folder, int part, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        foreach (string entry in Entries(folder))
        {
            if (Directory.Exists(entry))
                AddFolder(entry, part, stop);
            else
                AddFile(entry, part);
        }
    }

    private string[] Entries(string folder)
    {
        try
        {
            // Links are not followed: what they lead to is counted where it lies.
            return Directory.EnumerateFileSystemEntries(folder).Where(entry => !IsLink(entry)).Order(StringComparer.Ordinal).ToArray();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            problems.Add(new ScanProblem(folder, "could not be listed"));
            return [];
        }
    }

    private void AddFile(string path, int part)
    {
        FileInfo file = new(path);
        try
        {
            // Devices, pipes and sockets have no length.
            if (file.Length > 0)
                sources.Add(new FileSource(path, part, file.Length));
        }
        catch (IOException)
        {
            problems.Add(new ScanProblem(path, "vanished before it was read"));
        }
    }
}

/// <summary>Something that could not be read as it stood when the scan began. It costs its own pages and nothing else.</summary>
/// <param name="Source">The file, folder or process.</param>
/// <param name="What">What happened, in a few words.</param>
public sealed record ScanProblem(string Source, string What);
