using System.Runtime.InteropServices;

namespace EsxCourse.Kernel.Engine;

/// <summary>The <c>dotnet</c> that runs us, to run others with.</summary>
internal static class DotnetHost
{
    /// <summary>Its full path; the plain name if it cannot be told.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        string name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        string? self = Environment.ProcessPath;
        if (self is not null && System.IO.Path.GetFileName(self) == name)
            return self;
        // The runtime lies in <dotnet>/shared/Microsoft.NETCore.App/<version>/.
        string beside = System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(beside) ? beside : name;
    }
}
