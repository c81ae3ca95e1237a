using System.Globalization;
using System.Text;
using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Exchange;

/// <summary>Writes imported questions as a quiz file of the kit, for a teacher to complete: citations that the source did not have are left out, and lint asks for them.</summary>
public static class QuizYamlWriter
{
    /// <summary>Writes a quiz file.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="items">Choices, numbers, matchings, orderings and gaps.</param>
    /// <returns>The text of a YAML file.</returns>
    /// <exception cref="ArgumentException">A question is computed or free text, which no exchange format carries.</exception>
    public static string Write(string title, IReadOnlyList<QuizItem> items)
    {
        StringBuilder yaml = new();
        yaml.AppendLine($"title: {Quoted(title)}").AppendLine("practice: true").AppendLine("items:");
        foreach (QuizItem item in items)
        {
            yaml.AppendLine($"- id: {item.Id}").AppendLine($"  type: {item.Type}").AppendLine($"  ask: {Quoted(item.Ask)}").AppendLine($"  points: {Number(item.Points)}");
            Body(yaml, item);
            yaml.AppendLine($"  explanation: {Quoted(item.Explanation)}");
            if (item.Cites.Count > 0)
                yaml.AppendLine($"  cites: [{string.Join(", ", item.Cites.Select(cite => Quoted(cite.Written)))}]");
        }

        return yaml.ToString();
    }

    private static string Credit(Credit credit) => credit == Bank.Credit.All ? "all" : "each-negative";

    private static void Body(StringBuilder yaml, QuizItem item)
    {
        switch (item)
        {
            case ChoiceItem choice:
                if (choice.Several && choice.Credit != Bank.Credit.Each)
                    yaml.AppendLine($"  credit: {Credit(choice.Credit)}");
                yaml.AppendLine("  options:");
                foreach (Option option in choice.Options)
                    yaml.AppendLine($"  - {{{(option.Right ? "right" : "wrong")}: {Quoted(option.Text)}, why: {Quoted(option.Why)}}}");
                break;
            case NumericItem numeric:
                yaml.AppendLine($"  answer: {Number(numeric.Answer)}").AppendLine($"  decimals: {numeric.Decimals}").AppendLine($"  tolerance: {Number(numeric.Tolerance)}");
                if (numeric.Unit.Length > 0)
                    yaml.AppendLine($"  unit: {Quoted(numeric.Unit)}");
                if (numeric.Traps.Count > 0)
                    yaml.AppendLine("  traps:");
                foreach (Trap trap in numeric.Traps)
                    yaml.AppendLine($"  - {{value: {Number(trap.Value)}, mistake: {Quoted(trap.Mistake)}, why: {Quoted(trap.Why)}}}");
                break;
            case MatchingItem matching:
                yaml.AppendLine("  pairs:");
                foreach (Pair pair in matching.Pairs)
                    yaml.AppendLine($"  - {{left: {Quoted(pair.Left)}, right: {Quoted(pair.Right)}, why: {Quoted(pair.Why)}}}");
                break;
            case OrderingItem ordering:
                yaml.AppendLine($"  steps: [{string.Join(", ", ordering.Steps.Select(Quoted))}]");
                break;
            case FillInItem fillIn:
                yaml.AppendLine("  blanks:");
                foreach (Blank blank in fillIn.Blanks)
                    yaml.AppendLine($"  - {{accept: [{string.Join(", ", blank.Accepts.Select(Quoted))}], why: {Quoted(blank.Why)}}}");
                break;
            default:
                throw new ArgumentException($"'{item.Id}' is {item.Type}, which no exchange format carries.", nameof(item));
        }
    }

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)}\"";

    private static string Number(double value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
}
