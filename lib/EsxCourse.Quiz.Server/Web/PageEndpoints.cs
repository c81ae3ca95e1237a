using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EsxCourse.Quiz.Server.Web;

/// <summary>The pages and their scripts, the same for everybody: nothing of a quiz is in them. They lie in this assembly; nothing is fetched from elsewhere.</summary>
internal static class PageEndpoints
{
    private static readonly (string Path, string File, string Type)[] Pages =
    [
        ("/", "student.html", "text/html; charset=utf-8"),
        ("/student.js", "student.js", "text/javascript; charset=utf-8"),
        ("/lecturer", "lecturer.html", "text/html; charset=utf-8"),
        ("/lecturer.js", "lecturer.js", "text/javascript; charset=utf-8"),
        ("/quiz.css", "quiz.css", "text/css; charset=utf-8"),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach ((string path, string file, string type) in Pages)
        {
            byte[] content = Read(file);
            routes.MapGet(path, () => Results.Bytes(content, type));
        }
    }

    private static byte[] Read(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"EsxCourse.Quiz.Server.Pages.{file}")
            ?? throw new InvalidOperationException($"The page {file} is missing.");
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
