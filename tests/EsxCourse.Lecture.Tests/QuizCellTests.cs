using EsxCourse.Contracts;
using Microsoft.DotNet.Interactive.Formatting;

namespace EsxCourse.Lecture.Tests;

/// <summary>A quiz in a notebook cell.</summary>
public sealed class QuizCellTests
{
    private static string Bank(string name) => Repository.Path("exercises", "quizzes", name + ".yaml");

    [Fact]
    public void A_cell_shows_a_form_for_each_question_and_fetches_nothing()
    {
        QuizView view = QuizCell.Show(Bank("page-sharing"));
        string html = view.ToDisplayString(HtmlFormatter.MimeType);
        Assert.Equal(view.Quiz.Items.Count, html.Split("<form ").Length - 1);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("fetch(", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_questions_that_are_named_are_shown_in_that_order()
    {
        string[] two = [.. QuizCell.Show(Bank("ballooning")).Quiz.Items.Take(2).Select(item => item.Id).Reverse()];
        Assert.Equal(two, QuizCell.Show(Bank("ballooning"), 1, two).Quiz.Items.Select(item => item.Id));
    }

    [Fact]
    public void The_same_seed_shows_the_same_and_another_seed_something_else()
    {
        Assert.Equal(QuizCell.Show(Bank("idle-memory-tax"), 4).Html, QuizCell.Show(Bank("idle-memory-tax"), 4).Html);
        Assert.NotEqual(QuizCell.Show(Bank("idle-memory-tax"), 4).Html, QuizCell.Show(Bank("idle-memory-tax"), 5).Html);
    }

    [Fact]
    public void A_graded_quiz_is_refused_since_its_answers_would_be_in_the_cell() =>
        Assert.Contains("not for practice", Assert.Throws<BadInputException>(() => QuizCell.Show(Bank("faux-quiz"))).Problem, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_question_is_refused_with_the_known_ones() =>
        Assert.Contains("name some of", Assert.Throws<BadInputException>(() => QuizCell.Show(Bank("ballooning"), 1, "nothing")).Remedy, StringComparison.Ordinal);
}
