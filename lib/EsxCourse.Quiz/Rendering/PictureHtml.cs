using System.Net;
using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Rendering;

/// <summary>A question's picture in a page: the drawing if it has one, with its description as the text alternative; else the plain characters.</summary>
internal static class PictureHtml
{
    public static string Of(QuizItem item) => item switch
    {
        { Drawing: { } drawing, Picture: { } picture } => $"<figure>{drawing}<figcaption><details><summary>The picture in words</summary><pre tabindex=\"0\">{WebUtility.HtmlEncode(picture)}</pre></details></figcaption></figure>\n",
        { Picture: { } picture } => $"<pre tabindex=\"0\" role=\"group\" aria-label=\"Picture\">{WebUtility.HtmlEncode(picture)}</pre>\n",
        _ => "",
    };
}
