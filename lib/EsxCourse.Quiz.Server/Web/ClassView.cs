using System.Globalization;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Server.Room;

namespace EsxCourse.Quiz.Server.Web;

/// <summary>
/// What the lecturer's page shows while the quiz runs: who is in and how far, and what is being answered. What is right is not in it, for the page
/// may stand on the projector.
/// </summary>
internal sealed record ClassView(string Phase, string Title, string Code, string JoinUrl, double? Minutes, int Pick, bool Filed, string? Trouble, IReadOnlyList<SeatView> Seats, IReadOnlyList<TallyView> Questions)
{
    // Free answers are countless; the most frequent tell enough.
    private const int MostBars = 8;

    private static readonly (int Most, string Label)[] Lengths = [(0, "nothing yet"), (20, "1 to 20 words"), (60, "21 to 60 words"), (int.MaxValue, "more than 60 words")];

    public static ClassView Of(QuizRoom room, Presence presence, string joinUrl, bool files, string? trouble)
    {
        (RoomState state, List<StudentRow> students, List<AttemptRow> attempts, List<AnswerRow> answers) = room.ReadAll();
        Dictionary<int, AttemptRow> latest = attempts.GroupBy(attempt => attempt.Student).ToDictionary(group => group.Key, group => group.Last());
        Dictionary<(int, int, string), AnswerRow> written = answers.ToDictionary(answer => (answer.Student, answer.Attempt, answer.Item));
        AnswerRow? Written(AttemptRow attempt, string item) => written.GetValueOrDefault((attempt.Student, attempt.Number, item));
        return new ClassView(
            room.PhaseOf(state).ToString().ToLowerInvariant(), room.Quiz.Title, state.Code, joinUrl, state.Limit?.TotalMinutes, room.Quiz.Pick, files && state.FiledAt is not null, trouble,
            [.. students.Select(student => latest.TryGetValue(student.Number, out AttemptRow? attempt)
                ? new SeatView(student.Number, student.Login, student.Name, presence.IsHere(student.Number), attempt.Number, room.IsOver(state, attempt),
                    attempt.Picked.Count(item => Written(attempt, item) is { Text.Length: > 0 }), room.PaperOf(attempt).Pick)
                : new SeatView(student.Number, student.Login, student.Name, presence.IsHere(student.Number), 0, false, 0, 0))],
            Tallies(room, latest.Values, Written));
    }

    private static IReadOnlyList<TallyView> Tallies(QuizRoom room, IEnumerable<AttemptRow> attempts, Func<AttemptRow, string, AnswerRow?> written)
    {
        var all = attempts.SelectMany(attempt => room.PaperOf(attempt).Items.Select(item => (Attempt: attempt, Item: item)));
        return [.. all.GroupBy(entry => entry.Item.Id).Select(group =>
        {
            (QuizItem Item, string Text)[] picked = [.. group.Where(entry => entry.Attempt.Picked.Contains(group.Key)).Select(entry => (entry.Item, written(entry.Attempt, group.Key)?.Text ?? ""))];
            QuizItem[] variants = [.. group.Select(entry => entry.Item)];
            return new TallyView(Ask(variants), variants[0].Type, picked.Length, picked.Count(entry => entry.Text.Length > 0), Bars(variants, picked));
        })];
    }

    // Where numbers were drawn, no two students read the same sentence.
    private static string Ask(QuizItem[] variants) => variants.All(item => item.Ask == variants[0].Ask) ? variants[0].Ask : $"{variants[0].Ask} (each student has other numbers)";

    private static IReadOnlyList<BarView> Bars(QuizItem[] variants, (QuizItem Item, string Text)[] answers)
    {
        if (variants[0] is FreeTextItem)
        {
            int[] words = [.. answers.Select(answer => answer.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length)];
            return [.. Lengths.Select((length, at) => new BarView(length.Label, words.Count(count => count <= length.Most && (at == 0 || count > Lengths[at - 1].Most))))];
        }

        Dictionary<string, int> counts = [];
        // Every option is shown, also one that nobody chose; in the alphabet's order, which says nothing.
        if (variants.All(item => item is ChoiceItem) && variants.Cast<ChoiceItem>().All(item => item.Options.Select(option => option.Text).ToHashSet().SetEquals(((ChoiceItem)variants[0]).Options.Select(option => option.Text))))
            foreach (Option option in ((ChoiceItem)variants[0]).Options.OrderBy(option => option.Text, StringComparer.Ordinal))
                counts.Add(option.Text, 0);
        int fix = counts.Count;
        foreach ((QuizItem item, string text) in answers.Where(answer => answer.Text.Length > 0))
            foreach (string part in item is ChoiceItem choice ? Chosen(choice, text) : [text.Trim().ToLower(CultureInfo.InvariantCulture)])
                counts[part] = counts.GetValueOrDefault(part) + 1;
        return fix > 0
            ? [.. counts.Select(count => new BarView(count.Key, count.Value))]
            : [.. counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).Take(MostBars).Select(count => new BarView(count.Key, count.Value))];
    }

    private static IEnumerable<string> Chosen(ChoiceItem choice, string text) =>
        text.Where(char.IsAsciiLetterLower).Distinct().Select(letter => letter - 'a').Where(at => at < choice.Options.Count).Select(at => choice.Options[at].Text);
}

/// <summary>A student in the lecturer's list.</summary>
/// <param name="Number">The number in the room.</param>
/// <param name="Login">What the gradebook knows the student by.</param>
/// <param name="Name">The name.</param>
/// <param name="Here">Whether the student's page was heard of lately.</param>
/// <param name="Attempt">The latest attempt; 0 if none was started.</param>
/// <param name="Over">Whether it is over.</param>
/// <param name="Answered">How many questions have an answer.</param>
/// <param name="Of">Of how many.</param>
internal sealed record SeatView(int Number, string Login, string Name, bool Here, int Attempt, bool Over, int Answered, int Of);

/// <summary>How a question is being answered.</summary>
internal sealed record TallyView(string Ask, string Type, int Picked, int Answered, IReadOnlyList<BarView> Bars);

/// <summary>One bar of a histogram.</summary>
internal sealed record BarView(string Label, int Count);
