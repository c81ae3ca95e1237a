using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace EsxCourse.Kernel.Engine;

/// <summary>A library's documentation from the XML file that its compiler wrote. Read when first asked for.</summary>
internal sealed class XmlDocumentation(string file) : DocumentationProvider
{
    private readonly Lazy<Dictionary<string, string>> members = new(() =>
    {
        try
        {
            return XDocument.Load(file).Descendants("member").Where(member => member.Attribute("name") is not null)
                .DistinctBy(member => member.Attribute("name")!.Value).ToDictionary(member => member.Attribute("name")!.Value, member => member.ToString());
        }
        catch (Exception unreadable) when (unreadable is XmlException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    });

    protected override string? GetDocumentationForSymbol(string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default) =>
        members.Value.GetValueOrDefault(documentationMemberID, "");

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => file.GetHashCode(StringComparison.Ordinal);
}
