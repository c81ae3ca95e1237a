using EsxCourse.Contracts;

namespace EsxCourse.Notebooks;

/// <summary>Notebooks on disk: <c>.ipynb</c> (nbformat 4) and <c>.dib</c> are read, nbformat 4.5 is written.</summary>
public static class NotebookFile
{
    /// <summary>Reads a notebook by the ending of its name.</summary>
    /// <param name="path">A file ending in <c>.ipynb</c> or <c>.dib</c>.</param>
    /// <exception cref="BadInputException">There is no such file, it cannot be read, or it is not a notebook; file, line and remedy are named.</exception>
    public static NotebookDocument Read(string path)
    {
        string ending = Path.GetExtension(path).ToLowerInvariant();
        if (ending is not (".ipynb" or ".dib"))
            throw new BadInputException(path, "is not a notebook by its name", "give a file that ends in .ipynb or .dib");
        if (Directory.Exists(path))
            throw new BadInputException(path, "is a folder", "give one notebook file, or several");
        if (!File.Exists(path))
            throw new BadInputException(path, "there is no such file", "check the name, or list the folder");

        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(path, "cannot be read: " + unreadable.Message.TrimEnd('.'), "check the file's permissions", unreadable);
        }

        NotebookDocument document = ending == ".dib" ? DibFormat.Parse(bytes, path) : IpynbFormat.Parse(bytes, path);
        return document with { Path = Path.GetFullPath(path) };
    }

    /// <summary>Reads a notebook that is already in memory.</summary>
    /// <param name="bytes">An <c>.ipynb</c> as it is on disk.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <returns>The notebook.</returns>
    /// <exception cref="BadInputException">It is not a notebook; line and remedy are named.</exception>
    public static NotebookDocument Parse(byte[] bytes, string name) => IpynbFormat.Parse(bytes, name);

    /// <summary>Writes a notebook as nbformat 4.5. The same document gives the same bytes.</summary>
    /// <param name="document">What to write.</param>
    /// <param name="path">Where; an existing file is replaced.</param>
    public static void Write(NotebookDocument document, string path) => File.WriteAllBytes(path, IpynbFormat.ToBytes(document));
}
