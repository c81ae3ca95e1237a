using System.Text;

namespace EsxCourse.Notebooks;

/// <summary>One JavaScript library that the kit ships, so that pages draw without a network.</summary>
/// <remarks>The file is embedded in this assembly, unchanged from its npm package; Scripts/ORIGIN.md says which.</remarks>
public sealed class OfflineScript
{
    private static readonly Lazy<string> Loader = new(() =>
    {
        using StreamReader reader = new(Resource("load-script.js"), Encoding.UTF8);
        return string.Join('\n', reader.ReadToEnd().Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))).Trim();
    });

    private readonly Lazy<string> text;

    internal OfflineScript(string name, string version, string sha256)
    {
        Name = name;
        Version = version;
        Sha256 = sha256;
        text = new Lazy<string>(() =>
        {
            using StreamReader reader = new(Open(), Encoding.UTF8);
            return reader.ReadToEnd();
        });
    }

    /// <summary>The library's name: <c>plotly</c>, <c>mermaid</c> or <c>reveal</c>.</summary>
    public string Name { get; }

    /// <summary>The library's version, as its npm package has it.</summary>
    public string Version { get; }

    /// <summary>SHA-256 of the file, in lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>The name of the file, with the version in it, so that no browser shows an old one from its cache.</summary>
    public string FileName => $"{Name}-{Version}.min.js";

    /// <summary>The whole script: some 3.6 million characters, read once.</summary>
    public string Text => text.Value;

    /// <summary>The name of the file with the script's licence, which goes wherever the script goes.</summary>
    public string LicenceFileName => $"{Name}.LICENSE.txt";

    /// <summary>The bytes of the file.</summary>
    public Stream Open() => Resource(FileName);

    /// <summary>The bytes of the licence.</summary>
    public Stream OpenLicence() => Resource(LicenceFileName);

    /// <summary>A <c>script</c> element with the whole library in it, for a page that can load no file beside it.</summary>
    /// <remarks>
    /// The module loader is out of sight meanwhile: in a classic Jupyter notebook RequireJS would otherwise take the library in, and the
    /// global name (<c>Plotly</c>, <c>mermaid</c>) would not exist. Not wrapped in a function, in which mermaid's own global is lost.
    /// </remarks>
    public string InlineElement()
    {
        return $"<script>window.esxDefine=window.define;window.define=undefined;</script><script>{Text}</script><script>window.define=window.esxDefine;</script>";
    }

    /// <summary>A <c>script</c> element that takes the library from the page, else from the Jupyter server that the page came from, and then runs.</summary>
    /// <param name="then">JavaScript statements that need the library. If there is none to be had, they never run.</param>
    /// <remarks>A Jupyter server offers the files of a kernelspec to its pages; installing the kernel puts the libraries there, once.</remarks>
    public string LoadingElement(string then) => $"<script>{Loader.Value}('{Global}', '{FileName}', function() {{ {then} }});</script>";

    private string Global => Name == "plotly" ? "Plotly" : Name;

    private static Stream Resource(string name) =>
        typeof(OfflineScript).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"{name} is not embedded in {typeof(OfflineScript).Assembly.GetName().Name}.");
}
