using EsxCourse.Contracts;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Rendering;

namespace EsxCourse.Quiz.Taking;

/// <summary>A quiz taken by reading lines and writing lines: at a terminal, or from a pipe.</summary>
/// <remarks>
/// The questions are shown, the student picks by number and types each answer, which an empty line ends if it is free text. Every line counts from the moment it is
/// entered, so that the end of the time finds the answer as far as it was written. A blocked reader is left behind when the time is over.
/// </remarks>
/// <param name="input">Where the student types.</param>
/// <param name="output">Where the questions are shown.</param>
/// <param name="clock">Where the time comes from.</param>
public sealed class TerminalQuiz(TextReader input, TextWriter output, TimeProvider clock)
{
    /// <summary>Gives the quiz.</summary>
    /// <param name="quiz">The quiz.</param>
    /// <param name="stop">Ends it: nothing is handed in.</param>
    /// <returns>What the student handed in, or null if the input ended before the questions were picked.</returns>
    public async Task<AnswerSheet?> TakeAsync(QuizFile quiz, CancellationToken stop)
    {
        output.WriteLine(quiz.Title);
        if (quiz.Intro.Length > 0)
            output.WriteLine(quiz.Intro);
        output.WriteLine();
        for (int number = 1; number <= quiz.Items.Count; number++)
            output.WriteLine($"  {number}. {quiz.Items[number - 1].Ask} ({Points(quiz.Items[number - 1].Points)})");
        output.WriteLine();

        QuizSession session = new(quiz, clock);
        if (!await PickAsync(session, stop))
            return session.IsOver ? TimeIsUp(session) : null;
        foreach (string id in session.Picked)
        {
            QuizItem item = quiz.Items.First(item => item.Id == id);
            if (!await AnswerAsync(session, item, stop))
                return TimeIsUp(session);
            if (quiz.Practice)
                ScoreText.Write(QuizScorer.Score(item, session.HandIn().Answers[id]), output);
        }

        return session.HandIn();
    }

    private async Task<bool> PickAsync(QuizSession session, CancellationToken stop)
    {
        QuizFile quiz = session.Quiz;
        if (quiz.Pick == quiz.Items.Count)
        {
            session.Pick([.. quiz.Items.Select(item => item.Id)]);
            return true;
        }

        while (true)
        {
            output.Write($"Pick {quiz.Pick} by number, for example {string.Join(' ', Enumerable.Range(1, quiz.Pick))}{Left(session)}: ");
            output.Flush();
            if (await ReadLineAsync(session, stop) is not { } line)
                return false;
            try
            {
                session.Pick([.. line.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries).Select(word =>
                    int.TryParse(word, out int number) && number >= 1 && number <= quiz.Items.Count ? quiz.Items[number - 1].Id
                    : throw new BadInputException("pick", $"'{word}' is not a number from 1 to {quiz.Items.Count}", "write the numbers of the questions"))]);
                return true;
            }
            catch (BadInputException bad)
            {
                output.WriteLine(bad.Message);
            }
        }
    }

    private async Task<bool> AnswerAsync(QuizSession session, QuizItem item, CancellationToken stop)
    {
        output.WriteLine();
        QuestionText.Write(item, output);
        bool sentences = item is FreeTextItem;
        output.WriteLine($"Type your answer: {item.Form}{(sentences ? "; an empty line ends it" : "")}{Left(session)}.");
        List<string> lines = [];
        while (true)
        {
            string? line = await ReadLineAsync(session, stop);
            if (line is null)
                return !session.IsOver;
            if (line.Trim().Length == 0 && lines.Count > 0)
                return true;
            if (line.Trim().Length == 0)
                continue;
            lines.Add(line);
            if (!session.Write(item.Id, string.Join('\n', lines)))
                return false;
            if (!sentences)
                return true;
        }
    }

    // A line, or null when the input or the time is over. Reading a console cannot be interrupted, so it is raced against the clock.
    private async Task<string?> ReadLineAsync(QuizSession session, CancellationToken stop)
    {
        if (session.TimeTaken is not { } taken)
            return await Task.Run(input.ReadLine, stop).WaitAsync(stop);
        if (taken == TimeSpan.Zero)
            return null;
        using CancellationTokenSource typed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task over = Task.Delay(taken, clock, typed.Token);
        Task<string?> line = Task.Run(input.ReadLine, stop);
        Task first = await Task.WhenAny(line, over);
        await typed.CancelAsync();
        stop.ThrowIfCancellationRequested();
        return first == line ? await line : null;
    }

    private AnswerSheet TimeIsUp(QuizSession session)
    {
        output.WriteLine();
        output.WriteLine("The time is up. What was entered until now is handed in.");
        return session.HandIn();
    }

    private static string Points(double points) => points == 1 ? "1 point" : $"{points:0.##} points";

    private static string Left(QuizSession session) => session.TimeLeft is { } left ? $" ({left:m\\:ss} left)" : "";
}
