using System.Collections.Immutable;
using System.IO.Compression;
using EsxCourse.Contracts;

namespace EsxCourse.Grading.Submissions.Uploads;

// An archive is never unpacked: its entries are read in memory, each up to the size that is asked for. So no name in it can reach a file of
// ours (zip slip), nothing that it says of sizes is believed (zip bomb), and a link in it is a link to nowhere.

/// <summary>Reads a zip: a whole class as a learning platform hands it out, or what one student packed.</summary>
internal static class ZipUpload
{
    public const string Broken = "is broken or encrypted";

    private const int MaxEntries = 50_000;
    private const int UnixTypeMask = 0xF000, UnixLink = 0xA000;

    /// <summary>Reads the list of entries; their content is read when asked for, so keep the stream open until then.</summary>
    /// <param name="zip">The archive.</param>
    /// <param name="place">Its name, for error lines.</param>
    /// <exception cref="BadInputException">It is no archive, or a broken one.</exception>
    public static Upload Read(Stream zip, string place)
    {
        try
        {
            ZipArchive archive = new(zip, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Count > MaxEntries)
                throw new BadInputException(place, $"holds {archive.Entries.Count} entries", $"split it: at most {MaxEntries} are read");
            return new Upload(place, IsArchive: true,
                [.. archive.Entries.Where(e => !e.FullName.EndsWith('/') && !e.FullName.EndsWith('\\')).Select(e => ToFile(e, place)).OfType<UploadedFile>().OrderBy(f => string.Join('/', f.Parts), StringComparer.Ordinal)], []);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or ArgumentException)
        {
            throw new BadInputException(place, "is no zip archive, or a broken one", "download it again", broken);
        }
    }

    /// <summary>The entry as a file; null for what every archiver leaves behind.</summary>
    private static UploadedFile? ToFile(ZipArchiveEntry entry, string place)
    {
        string[] steps = entry.FullName.Split('/', '\\');
        bool leadsOut = steps[0].Length == 0 || steps.Contains("..") || (steps[0].Length == 2 && steps[0][1] == ':');
        ImmutableArray<string> parts = [.. steps.Where(s => s.Length > 0 && s is not ("." or ".."))];
        if (parts.IsEmpty)
            parts = ["unnamed"];
        if (parts.Index().Any(p => Upload.IsIgnored(p.Item, p.Index < parts.Length - 1)))
            return null;
        bool isLink = ((entry.ExternalAttributes >> 16) & UnixTypeMask) == UnixLink;
        string? problem = leadsOut ? Upload.LeadsOut(entry.FullName)
            : isLink ? Upload.Link(parts[^1])
            : null;
        return new UploadedFile(parts, new DateTimeOffset(entry.LastWriteTime.DateTime, TimeSpan.Zero), problem, most => Content(entry, place, most));
    }

    private static byte[]? Content(ZipArchiveEntry entry, string place, int most)
    {
        try
        {
            using Stream stream = entry.Open();
            byte[] read = new byte[Math.Min(most, Math.Clamp(entry.Length, 0, int.MaxValue - 1)) + 1];
            int length = stream.ReadAtLeast(read, read.Length, throwOnEndOfStream: false);
            return length == read.Length ? null : read[..length];
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or NotSupportedException)
        {
            throw new BadInputException($"{place}: {PlainText.Line(entry.FullName, 100)}", Broken, "pack it again without a password", broken);
        }
    }
}
