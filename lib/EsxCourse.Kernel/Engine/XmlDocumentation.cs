using System.Collections.Concurrent;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace EsxCourse.Kernel.Engine;

/// <summary>A library's documentation from the XML files that its compiler wrote. Each is read when first needed, once for all libraries.</summary>
internal sealed class XmlDocumentation(string[] files) : DocumentationProvider
{
    private static readonly ConcurrentDictionary<string, Lazy<Dictionary<string, string>>> Read = new(StringComparer.Ordinal);

    protected override string? GetDocumentationForSymbol(string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default) =>
        files.Select(file => Members(file).GetValueOrDefault(documentationMemberID)).FirstOrDefault(found => found is not null) ?? "";

    private static Dictionary<string, string> Members(string file) => Read.GetOrAdd(file, name => new Lazy<Dictionary<string, string>>(() =>
    {
        try
        {
            return XDocument.Load(name).Descendants("member").Where(member => member.Attribute("name") is not null)
                .DistinctBy(member => member.Attribute("name")!.Value).ToDictionary(member => member.Attribute("name")!.Value, member => member.ToString());
        }
        catch (Exception unreadable) when (unreadable is XmlException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    })).Value;

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => files[0].GetHashCode(StringComparison.Ordinal);
}
