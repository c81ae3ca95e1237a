using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace EsxCourse.Kernel.Engine;

/// <summary>The assemblies that cells may use, for the compiler and for the running process.</summary>
/// <remarks>
/// An assembly that the session itself brings (the runtime, Microsoft.DotNet.Interactive.Formatting, EsxCourse.Notebooks) is never loaded a second
/// time: a formatter registered by a loaded library must be the one that the session asks. What a library needs is looked for beside it.
/// Loading runs the module's initialiser at once, because that is where a library registers its formatters.
/// </remarks>
internal sealed class References
{
    private static readonly string RuntimeFolder = RuntimeEnvironment.GetRuntimeDirectory();

    /// <summary>The session's own assemblies by simple name.</summary>
    private static readonly Dictionary<string, string> Own = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .DistinctBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase) // System.Private.CoreLib stands there twice.
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase);

    private static readonly Lazy<string?> DocumentationFolder = new(() =>
    {
        string packs = Path.GetFullPath(Path.Combine(RuntimeFolder, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        return !Directory.Exists(packs) ? null : Directory.GetDirectories(packs, $"{Environment.Version.Major}.*").Select(pack => Path.Combine(pack, "ref", $"net{Environment.Version.Major}.0")).FirstOrDefault(Directory.Exists);
    });

    private readonly Dictionary<string, string> known = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> folders = [];
    private readonly List<string> nativeFolders = [];

    public References()
    {
        AssemblyLoadContext.Default.Resolving += (context, name) => name.Name is { } simple && Find(simple) is { } path ? context.LoadFromAssemblyPath(path) : null;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => FindNative(name);
    }

    /// <summary>
    /// Libraries of the runtime that few cells need: the compiler binds each reference anew with every cell, so a cell costs less the fewer there are.
    /// Nothing that is always there refers to one of these; otherwise its types would become other types when these come in.
    /// </summary>
    private static readonly HashSet<string> Held = new(
        """
        Microsoft.VisualBasic Microsoft.VisualBasic.Core Microsoft.Win32.Registry mscorlib System System.AppContext System.Buffers
        System.ComponentModel.Annotations System.ComponentModel.DataAnnotations System.Configuration System.Core System.Data System.Data.DataSetExtensions
        System.Diagnostics.Debug System.Diagnostics.Tools System.Drawing System.Dynamic.Runtime System.Formats.Tar System.Globalization
        System.Globalization.Calendars System.Globalization.Extensions System.IO System.IO.Compression.FileSystem System.IO.FileSystem
        System.IO.FileSystem.AccessControl System.IO.FileSystem.Primitives System.IO.Pipes.AccessControl System.IO.UnmanagedMemoryStream
        System.Linq.AsyncEnumerable System.Net System.Net.Http.Json System.Net.ServerSentEvents System.Net.ServicePoint System.Numerics System.Reflection
        System.Reflection.Extensions System.Reflection.TypeExtensions System.Resources.Reader System.Resources.ResourceManager
        System.Runtime.CompilerServices.Unsafe System.Runtime.Extensions System.Runtime.Handles System.Runtime.InteropServices.JavaScript
        System.Runtime.InteropServices.RuntimeInformation System.Runtime.Serialization System.Security System.Security.AccessControl
        System.Security.Cryptography.Algorithms System.Security.Cryptography.Cng System.Security.Cryptography.Csp System.Security.Cryptography.Encoding
        System.Security.Cryptography.OpenSsl System.Security.Cryptography.Primitives System.Security.Cryptography.X509Certificates System.Security.Principal
        System.Security.SecureString System.ServiceModel.Web System.ServiceProcess System.Text.Encoding System.Text.Encoding.CodePages
        System.Threading.AccessControl System.Threading.Tasks System.Threading.Tasks.Dataflow System.Threading.Tasks.Extensions System.Threading.Timer
        System.Transactions System.ValueTuple System.Web System.Windows System.Xml System.Xml.Linq System.Xml.Serialization System.Xml.XmlDocument WindowsBase
        """.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>What every cell may use: the runtime's own libraries, the formatters, and the kit's cell functions.</summary>
    /// <param name="held">Those that few cells need; else all the others.</param>
    public static IEnumerable<MetadataReference> Base(bool held) =>
        Own.Where(own => own.Value.StartsWith(RuntimeFolder, StringComparison.Ordinal) || own.Key is "Microsoft.DotNet.Interactive.Formatting" or "Microsoft.AspNetCore.Html.Abstractions" or "EsxCourse.Kernel")
            .Where(own => Held.Contains(own.Key) == held)
            .Select(own => Reference(own.Value));

    /// <summary>Loads a library for <c>#r "path"</c>.</summary>
    /// <param name="path">The full path of an existing file.</param>
    /// <returns>The reference for the compiler.</returns>
    public MetadataReference Load(string path)
    {
        string simple = AssemblyName.GetAssemblyName(path).Name ?? Path.GetFileNameWithoutExtension(path);
        if (Own.TryGetValue(simple, out string? own))
            path = own;
        else
        {
            known.TryAdd(simple, path);
            string folder = Path.GetDirectoryName(path)!;
            if (!folders.Contains(folder))
                folders.Add(folder);
            path = known[simple];
        }

        Assembly loaded = AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
        RuntimeHelpers.RunModuleConstructor(loaded.ManifestModule.ModuleHandle);
        return Reference(path);
    }

    /// <summary>The session's own assembly of that name, for <c>#r "System.Xml"</c>, or null.</summary>
    public static MetadataReference? Named(string name) =>
        Own.TryGetValue(name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name, out string? path) ? Reference(path) : null;

    /// <summary>A reference with its documentation, if that lies beside it, or in the SDK's reference pack for the runtime's own libraries.</summary>
    private static PortableExecutableReference Reference(string path)
    {
        string[] documentation = path.StartsWith(RuntimeFolder, StringComparison.Ordinal) && DocumentationFolder.Value is { } folder
            // The reference pack describes the types of System.Private.CoreLib under the names of the assemblies that offer them.
            ? [.. ((string[])[Path.GetFileNameWithoutExtension(path), "System.Runtime", "System.Collections", "System.Threading"]).Select(name => Path.Combine(folder, name + ".xml"))]
            : [Path.ChangeExtension(path, ".xml")];
        documentation = [.. documentation.Where(File.Exists)];
        return MetadataReference.CreateFromFile(path, documentation: documentation.Length > 0 ? new XmlDocumentation(documentation) : null);
    }

    /// <summary>Makes an assembly loadable by name without loading it: a package's dependency.</summary>
    public void Offer(string path) => known.TryAdd(Path.GetFileNameWithoutExtension(path), path);

    /// <summary>Adds a folder in which native libraries may be.</summary>
    public void OfferNative(string folder) => nativeFolders.Add(folder);

    private string? Find(string simple)
    {
        if (known.TryGetValue(simple, out string? path))
            return path;
        return folders.Select(folder => Path.Combine(folder, simple + ".dll")).FirstOrDefault(File.Exists);
    }

    private IntPtr FindNative(string name)
    {
        foreach (string folder in nativeFolders.Concat(folders))
            foreach (string file in (string[])[name, $"lib{name}.so", $"lib{name}.dylib", $"{name}.dll", $"{name}.so"])
                if (NativeLibrary.TryLoad(Path.Combine(folder, file), out IntPtr handle))
                    return handle;
        return IntPtr.Zero;
    }
}
