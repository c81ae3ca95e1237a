using EsxCourse.Contracts;
using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Reading;

// Reads a quiz file. Everything is checked here, once, so that whoever holds a QuizFile holds a quiz that can be taken and scored.
internal static class QuizReader
{
    private const double MostMinutes = 24 * 60;

    public static QuizFile Read(string path) => Read(path, YamlMap.Load(path));

    public static QuizFile Read(string path, YamlMap map)
    {
        map.Allow("title", "intro", "pick", "minutes", "graceSeconds", "practice", "attempts", "items", "draw");
        string title = map.Text("title", "Ballooning");
        List<QuizItem> items = [];
        foreach (YamlMap entry in map.Maps("items", required: !map.Has("draw")))
        {
            QuizItem item = ItemReader.Read(entry);
            if (items.Any(other => other.Id == item.Id))
                throw new BadInputException(entry.PlaceOf("id"), $"the id '{item.Id}' is used twice", "give each question an id of its own");
            items.Add(item);
        }

        List<Draw> draws = [];
        foreach (YamlMap entry in map.Maps("draw", required: false))
        {
            entry.Allow("topic", "count", "difficulty");
            draws.Add(new Draw(entry.Text("topic", "ballooning"), entry.Whole("count", 1, 100, 1), entry.Has("difficulty") ? entry.Whole("difficulty", 1, 3, 1) : null, entry.Place));
        }

        int count = items.Count + draws.Sum(draw => draw.Count);
        int pick = map.Whole("pick", 1, count, count);
        bool practice = map.Flag("practice", otherwise: false);
        if (practice && map.Has("attempts"))
            throw new BadInputException(map.PlaceOf("attempts"), "a practice quiz may be taken as often as one likes", "take the line out, or write 'practice: false'");
        double? minutes = map.Has("minutes") ? map.Number("minutes", 0.1, MostMinutes, "5") : null;
        double grace = map.Number("graceSeconds", 0, 600, otherwise: 0);
        if (minutes is null && map.Has("graceSeconds"))
            throw new BadInputException(map.PlaceOf("graceSeconds"), "grace without a time limit means nothing", "add 'minutes: 5' or take the line out");
        return new QuizFile(
            Path.GetFileNameWithoutExtension(path), path, title, map.OptionalText("intro") ?? "", pick,
            minutes is { } limit ? TimeSpan.FromMinutes(limit) : null, TimeSpan.FromSeconds(grace), items)
        {
            Draws = draws,
            Practice = practice,
            Attempts = practice ? null : map.Whole("attempts", 1, 100, 1),
        };
    }
}
