using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Variants;

namespace EsxCourse.Quiz.Templates;

// A question with open numbers. It draws them, asks EsxCourse.Memory for the answer and for what each named misunderstanding would give, and writes
// the worked solution. No answer is typed here: a template holds the question, the memory manager knows. Wrong numbers that happen to come too near to
// the answer, or to each other, are dropped for that seed.
internal sealed record ItemTemplate(string Name, string Topic, string Title, string[] Sources, Func<SeedStream, Draft> Drafting)
{
    public static IReadOnlyList<ItemTemplate> All { get; } =
        [.. TaxTemplates.All, .. MarketTemplates.All, .. StateTemplates.All, .. SamplingTemplates.All, .. ColoringTemplates.All, .. SharingTemplates.All, .. PmapTemplates.All, .. ChartTemplates.All];

    public IReadOnlyList<Citation> Cites { get; } =
        [.. Sources.Select(source => Citation.Parse(source, out string remedy) ?? throw new InvalidOperationException($"Template {Name} cites {source}: {remedy}"))];

    public static ItemTemplate? Find(string name) => All.FirstOrDefault(template => template.Name == name);

    public QuizItem Draw(SeedStream draw, string id, double points) => Drafting(draw) switch
    {
        NumberDraft number => Number(number, id, points) with { Worked = number.Worked, Picture = number.Picture },
        ChoiceDraft choice => new ChoiceItem(id, choice.Ask, points, Several: false, choice.Options, choice.Explanation, Cites) { Worked = choice.Worked, Picture = choice.Picture, Drawing = choice.Drawing },
        { } other => throw new InvalidOperationException($"No question is made of a {other.GetType().Name}."),
    };

    private NumericItem Number(NumberDraft draft, string id, double points)
    {
        double tolerance = Math.Max(draft.Tolerance, NumericItem.LeastTolerance(draft.Decimals));
        List<Trap> traps = [];
        foreach (Trap trap in draft.Traps)
            if (double.IsFinite(trap.Value) && Apart(trap.Value, draft.Answer) && traps.All(other => Apart(other.Value, trap.Value)))
                traps.Add(trap);
        return new NumericItem(id, draft.Ask, points, draft.Answer, draft.Decimals, tolerance, draft.Unit, traps, draft.Explanation, Cites);

        bool Apart(double one, double other) => Math.Abs(one - other) > Math.Max(2 * tolerance, 0.6 * Math.Pow(10, -draft.Decimals));
    }
}

/// <summary>What a template makes of one seed.</summary>
internal abstract record Draft(string Ask, string Explanation)
{
    public IReadOnlyList<string> Worked { get; init; } = [];

    public string? Picture { get; init; }

    public string? Drawing { get; init; }
}

/// <summary>A question for a number.</summary>
internal sealed record NumberDraft(string Ask, double Answer, int Decimals, string Unit, string Explanation) : Draft(Ask, Explanation)
{
    public double Tolerance { get; init; }

    public IReadOnlyList<Trap> Traps { get; init; } = [];
}

/// <summary>A question with one right option.</summary>
internal sealed record ChoiceDraft(string Ask, IReadOnlyList<Option> Options, string Explanation) : Draft(Ask, Explanation);
