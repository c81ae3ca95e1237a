using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace EsxCourse.Quiz.Exchange;

/// <summary>One file of an IMS content package.</summary>
/// <param name="Identifier">Its name in the manifest.</param>
/// <param name="Type">What it is, as IMS names it.</param>
/// <param name="Path">Where it lies in the package.</param>
/// <param name="Needs">The identifiers of what it refers to.</param>
internal sealed record ImsResource(string Identifier, string Type, string Path, IReadOnlyList<string> Needs);

// An IMS content package (CP 1.1): imsmanifest.xml at the root of a zip lists every other file. Entries carry one fixed date, so that the same quiz gives
// the same bytes.
internal static class ImsManifest
{
    internal static readonly XNamespace Cp = "http://www.imsglobal.org/xsd/imscp_v1p1";

    private static readonly DateTimeOffset NoDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static XElement Of(string name, string schema, string version, IReadOnlyList<ImsResource> resources) =>
        new(Cp + "manifest", new XAttribute("identifier", $"MANIFEST-{name}"),
            new XElement(Cp + "metadata", new XElement(Cp + "schema", schema), new XElement(Cp + "schemaversion", version)),
            new XElement(Cp + "organizations"),
            new XElement(Cp + "resources", resources.Select(resource => new XElement(Cp + "resource",
                new XAttribute("identifier", $"RES-{resource.Identifier}"), new XAttribute("type", resource.Type), new XAttribute("href", resource.Path),
                new XElement(Cp + "file", new XAttribute("href", resource.Path)),
                resource.Needs.Select(need => new XElement(Cp + "dependency", new XAttribute("identifierref", $"RES-{need}")))))));

    public static byte[] Zip(IReadOnlyList<(string Path, XElement Content)> files)
    {
        using MemoryStream bytes = new();
        using (ZipArchive zip = new(bytes, ZipArchiveMode.Create))
            foreach ((string path, XElement content) in files)
            {
                ZipArchiveEntry entry = zip.CreateEntry(path);
                entry.LastWriteTime = NoDate;
                using StreamWriter writer = new(entry.Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
                writer.Write(Text(content));
            }

        return bytes.ToArray();
    }

    // White space is kept as written: indentation would add text inside mixed content.
    public static string Text(XElement content) => "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + content.ToString(SaveOptions.DisableFormatting) + "\n";
}
