using System.Net;
using System.Text;
using EsxCourse.Notebooks;
using EsxCourse.Quiz;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Rendering;

namespace EsxCourse.Cli.Book;

/// <summary>The quizzes in the book: a page a topic to practise with, and the instructor's answers.</summary>
internal static class QuizPages
{
    // The book is the same for everybody, so its numbers are drawn once.
    private const long Seed = 1;

    /// <summary>The list of topics.</summary>
    public static HtmlPage List(IEnumerable<QuizFile> topics)
    {
        StringBuilder html = new("<p>Each answer is judged at once, with the reason and where to read it. Numbers differ from seed to seed: <code>esx drill TOPIC --seed N</code> asks with others.</p>\n<ul>\n");
        foreach (QuizFile topic in topics)
            html.Append($"<li><a href=\"{CourseBook.Quizzes}/{topic.Name}.html\">{Text(topic.Title)}</a>: {topic.Items.Count} questions</li>\n");
        return new HtmlPage("quizzes.html", "Quizzes to practise with", html.Append("</ul>\n").ToString()) { Label = "Quizzes" };
    }

    /// <summary>One topic.</summary>
    public static HtmlPage Practice(QuizFile topic) =>
        new($"{CourseBook.Quizzes}/{topic.Name}.html", topic.Title, PracticePage.Render(topic.Vary(Seed), headingLevel: 1)) { ShowsTitle = false, InNavigation = false };

    /// <summary>Every question of the bank with its answer, for the instructor.</summary>
    public static HtmlPage Answers(QuizBank bank)
    {
        StringBuilder html = new("<p class=\"note\">Not for publishing: these are the answers, the graded quizzes' too.</p>\n");
        foreach (QuizFile quiz in bank.Quizzes.Where(quiz => quiz.Items.Count > 0))
        {
            html.Append($"<h2 id=\"{quiz.Name}\">{Text(quiz.Title)}</h2>\n<ol>\n");
            foreach (QuizItem item in quiz.Vary(Seed).Items)
            {
                html.Append($"<li><p>{Text(item.Ask)}</p>\n<p class=\"good\"><strong>{Text(item.Key)}</strong></p>\n<p>{Text(item.Explanation)} <span class=\"soft\">({Text(string.Join("; ", item.Cites))})</span></p>\n");
                if (item is FreeTextItem free)
                    html.Append("<ul>").AppendJoin("", free.Rubric.Concepts.Select(concept => $"<li>{Text(concept.Says)}</li>")).Append("</ul>\n");
                if (item.Worked.Count > 0)
                    html.Append("<ol>").AppendJoin("", item.Worked.Select(step => $"<li>{Text(step)}</li>")).Append("</ol>\n");
                html.Append("</li>\n");
            }

            html.Append("</ol>\n");
        }

        return new HtmlPage("answers.html", "Answers", html.ToString());
    }

    private static string Text(string plain) => WebUtility.HtmlEncode(plain);
}
