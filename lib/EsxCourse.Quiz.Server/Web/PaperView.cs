using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Server.Room;

namespace EsxCourse.Quiz.Server.Web;

/// <summary>
/// All that a student's browser is told while a quiz runs. A record of its own with only these properties: a key, a rubric, an explanation, a
/// misconception's name or the bank's id of a question cannot reach the client, because there is no property that it could travel in.
/// </summary>
internal sealed record PaperView(string Title, string Intro, string Name, string Personal, int Pick, bool Picks, StateView State, IReadOnlyList<QuestionView> Questions, IReadOnlyList<string> Picked, IReadOnlyDictionary<string, AnswerView> Answers)
{
    public static PaperView Of(QuizFile quiz, StudentState state) => new(
        quiz.Title, quiz.Intro, state.Student.Name, state.Student.Personal, quiz.Pick,
        state.Paper is { } drawn && drawn.Pick < drawn.Items.Count,
        StateView.Of(state),
        state.Paper is { } paper ? [.. paper.Items.Select((item, at) => QuestionView.Of(item, Papers.NameOf(at)))] : [],
        state.Attempt is { } attempt ? [.. attempt.Picked.Select(id => NameOf(state.Paper!, id))] : [],
        state.Answers.ToDictionary(answer => NameOf(state.Paper!, answer.Item), answer => new AnswerView(answer.Seq, answer.Text)));

    internal static string NameOf(QuizFile paper, string id) => Papers.NameOf(paper.Items.Index().First(entry => entry.Item.Id == id).Index);
}

/// <summary>What a page asks for again and again: how far the quiz is, the server's clock, and which answers another device has changed.</summary>
/// <param name="Phase">waiting, open, closing, closed or shown.</param>
/// <param name="Attempt">The latest attempt; 0 if none was started.</param>
/// <param name="Attempts">How many there may be.</param>
/// <param name="Over">Whether the latest attempt takes nothing any more.</param>
/// <param name="HandedIn">Whether the student ended it.</param>
/// <param name="SecondsLeft">What is left, without the grace; null without a limit or before the start.</param>
/// <param name="Picked">The picked questions.</param>
/// <param name="Seqs">The version of each answer.</param>
internal sealed record StateView(string Phase, int Attempt, int Attempts, bool Over, bool HandedIn, double? SecondsLeft, IReadOnlyList<string> Picked, IReadOnlyDictionary<string, long> Seqs)
{
    public static StateView Of(StudentState state) => new(
        state.Phase.ToString().ToLowerInvariant(), state.Attempt?.Number ?? 0, state.Room.Attempts, state.IsOver, state.Attempt?.HandedInAt is not null,
        state.TimeLeft is { } left ? Math.Round(left.TotalSeconds, 1) : null,
        state.Attempt is { } attempt ? [.. attempt.Picked.Select(id => PaperView.NameOf(state.Paper!, id))] : [],
        state.Answers.ToDictionary(answer => PaperView.NameOf(state.Paper!, answer.Item), answer => answer.Seq));
}

/// <summary>An answer as the server has it.</summary>
internal sealed record AnswerView(long Seq, string Text);

/// <summary>A question without its answer.</summary>
/// <param name="Id">Its place on the paper, <c>q1</c>.</param>
/// <param name="Type">Which form to show.</param>
/// <param name="Ask">The question.</param>
/// <param name="Form">How the answer is to be written.</param>
/// <param name="Points">What it earns.</param>
/// <param name="Picture">A drawing in plain characters, or null.</param>
/// <param name="Options">Options, right-hand sides or steps, in this student's order; empty for other types.</param>
/// <param name="Lefts">A matching question's left-hand sides.</param>
/// <param name="Gaps">How many gaps a fill-in question has.</param>
internal sealed record QuestionView(string Id, string Type, string Ask, string Form, double Points, string? Picture, IReadOnlyList<string> Options, IReadOnlyList<string> Lefts, int Gaps)
{
    public static QuestionView Of(QuizItem item, string name) => new(
        name, item.Type, item.Ask, item.Form, item.Points, item.Picture,
        item switch
        {
            ChoiceItem choice => [.. choice.Options.Select(option => option.Text)],
            MatchingItem matching => matching.Rights,
            OrderingItem ordering => ordering.Shown,
            _ => [],
        },
        item is MatchingItem pairs ? [.. pairs.Pairs.Select(pair => pair.Left)] : [],
        (item as FillInItem)?.Blanks.Count ?? 0);
}
