using System.Runtime.CompilerServices;

namespace EsxCourse.Memory.Tests.Structure;

// The source tree beside this test, for tests of structure.
internal static class LibrarySource
{
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../lib/EsxCourse.Memory"));

    public static string[] Files { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f).Replace('\\', '/'))
            .Where(f => !f.StartsWith("obj/", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    public static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
