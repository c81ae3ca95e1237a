using System.Text;

namespace EsxCourse.Notebooks;

/// <summary>One JavaScript library that the kit ships, so that pages draw without a network.</summary>
/// <remarks>The file is embedded in this assembly, unchanged from its npm package; Scripts/ORIGIN.md says which.</remarks>
public sealed class OfflineScript
{
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

    /// <summary>The bytes of the file.</summary>
    public Stream Open() =>
        typeof(OfflineScript).Assembly.GetManifestResourceStream(FileName)
        ?? throw new InvalidOperationException($"{FileName} is not embedded in {typeof(OfflineScript).Assembly.GetName().Name}.");

    /// <summary>A <c>script</c> element with the whole library in it, for a page that can load no file beside it.</summary>
    /// <remarks>
    /// The library is wrapped so that it does not see a module loader: in a classic Jupyter notebook RequireJS would otherwise take it in,
    /// and the global name (<c>Plotly</c>, <c>mermaid</c>) would not exist. A page that has the library already is left as it is.
    /// </remarks>
    public string InlineElement()
    {
        string global = Name == "plotly" ? "Plotly" : Name;
        return $"<script>if(!window.{global}){{(function(define,module,exports,require){{\n{Text}\n}}).call(window);if(!window.{global}&&typeof {global}!=='undefined')window.{global}={global};}}</script>";
    }
}
