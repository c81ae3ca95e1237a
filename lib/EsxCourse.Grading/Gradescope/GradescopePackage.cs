using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using EsxCourse.Contracts;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Sandbox;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading.Gradescope;

// What Gradescope gets for one exercise:
//
//   setup.sh  run_autograder
//   dotnet/           the .NET that runs here: host, runtime, and its description for the compiler
//   kit/              the grader, the worker, the compiler, the checks, and whatever these refer to
//   exercises/SLUG/   what students have of it: statement, contract, stub, public checks, and exercise.yaml
//   secret            from which hidden inputs are drawn
//
// It holds answers (the checks' assembly) and the secret, so it is for Gradescope and nobody else. In its container all of that is root's alone.

/// <summary>Packs an exercise as an autograder for Gradescope.</summary>
public static class GradescopePackage
{
    private const int Program = 0b111_101_101, Plain = 0b110_100_100, Own = 0b110_000_000, RegularFile = 0b1000_000_000_000_000;

    /// <summary>One time for all files, so that the same kit packs to the same bytes but for the secret.</summary>
    private static readonly DateTimeOffset Moment = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the archive; it appears whole or not at all.</summary>
    /// <param name="exercise">The exercise.</param>
    /// <param name="path">Where to.</param>
    /// <param name="secret">The secret that hidden inputs are drawn from, at least 16 bytes.</param>
    /// <exception cref="BadInputException">It cannot be written, or this machine is not one that Gradescope's are like.</exception>
    public static void Write(Exercise exercise, string path, byte[] secret)
    {
        if (!Worker.Lockdown.SeccompFilter.KnowsThisMachine)
            throw new BadInputException("gradescope", "its machines run x64 Linux, and what is packed is taken from this one", "run this on x64 Linux, on Windows inside WSL");
        string half = $"{path}.part";
        try
        {
            using (ZipArchive zip = ZipFile.Open(half, ZipArchiveMode.Create))
                foreach ((string name, int mode, Func<Stream> open) in Files(exercise, secret).OrderBy(f => f.Name, StringComparer.Ordinal))
                {
                    ZipArchiveEntry entry = zip.CreateEntry(name);
                    entry.LastWriteTime = Moment;
                    entry.ExternalAttributes = (RegularFile | mode) << 16;
                    using Stream from = open(), to = entry.Open();
                    from.CopyTo(to);
                }

            File.Move(half, path, overwrite: true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(path, $"cannot be written ({PlainText.Line(failed.Message, 120).TrimEnd('.')})", "name another file with --out", failed);
        }
        finally
        {
            File.Delete(half);
        }
    }

    /// <summary>What is in the archive: names, rights, contents.</summary>
    internal static IEnumerable<(string Name, int Mode, Func<Stream> Open)> Files(Exercise exercise, byte[] secret)
    {
        foreach (string script in new[] { "setup.sh", "run_autograder" })
            yield return (script, Program, () => typeof(GradescopePackage).Assembly.GetManifestResourceStream(script)!);
        yield return (GradescopeRun.Secret, Own, () => new MemoryStream(secret));
        foreach (string file in Directory.GetFiles(exercise.Folder))
            yield return ($"exercises/{exercise.Slug}/{Path.GetFileName(file)}", Plain, () => File.OpenRead(file));
        foreach (string file in Kit(exercise.Checks[0].Check.GetType().Assembly))
            yield return ($"kit/{Path.GetFileName(file)}", Plain, () => File.OpenRead(file));
        string dotnet = SandboxCommand.DotnetFolder, runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        yield return ("dotnet/dotnet", Program, () => File.OpenRead(Path.Combine(dotnet, "dotnet")));
        string host = Path.Combine(dotnet, "host", "fxr", Path.GetFileName(runtime));
        foreach (string file in new[] { host, runtime }.SelectMany(Directory.GetFiles).Concat(Directory.GetFiles(StudentCompiler.ReferenceFolder(), "*.dll")))
            yield return ($"dotnet/{Path.GetRelativePath(dotnet, file)}", Plain, () => File.OpenRead(file));
    }

    /// <summary>The kit's own files that grading takes: two programs, the checks, and all that they refer to.</summary>
    private static IEnumerable<string> Kit(Assembly checks)
    {
        string folder = AppContext.BaseDirectory;
        string[] programs = [typeof(GradescopePackage).Assembly.GetName().Name!, typeof(Worker.Lockdown.SeccompFilter).Assembly.GetName().Name!];
        Queue<string> open = new([.. programs, checks.GetName().Name!]);
        SortedSet<string> taken = new(StringComparer.Ordinal);
        while (open.TryDequeue(out string? name))
        {
            string path = Path.Combine(folder, $"{name}.dll");
            if (!File.Exists(path) || !taken.Add(path))
                continue;   // What is not beside us is .NET's own.
            using PEReader image = new(File.OpenRead(path));
            MetadataReader metadata = image.GetMetadataReader();
            foreach (AssemblyReferenceHandle reference in metadata.AssemblyReferences)
                open.Enqueue(metadata.GetString(metadata.GetAssemblyReference(reference).Name));
        }

        return [.. taken, .. programs.Select(p => Path.Combine(folder, $"{p}.runtimeconfig.json"))];
    }
}
