using System.Text;
using EsxCourse.Contracts;

namespace EsxCourse.Gradebook.Export;

/// <summary>One file of an export. The same content gives the same bytes: UTF-8 without a byte order mark, lines ended by a line feed.</summary>
/// <param name="Path">Where it belongs, relative to the export's folder, with <c>/</c> between the parts; every part is a plain name.</param>
/// <param name="Text">What it holds.</param>
public sealed record ExportFile(string Path, string Text)
{
    /// <summary>Writes files below a folder. Each appears whole or not at all, and replaces the one of an earlier export.</summary>
    /// <param name="files">The files.</param>
    /// <param name="folder">The folder; created if need be.</param>
    /// <exception cref="BadInputException">The folder cannot be written.</exception>
    public static void WriteAll(IEnumerable<ExportFile> files, string folder)
    {
        try
        {
            foreach (ExportFile file in files)
            {
                string path = System.IO.Path.Combine([folder, .. file.Path.Split('/')]);
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
                string half = $"{path}.part";
                File.WriteAllText(half, file.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
                File.Move(half, path, overwrite: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(folder, $"cannot be written ({error.Message.TrimEnd('.')})", "name another folder with --out", error);
        }
    }
}
