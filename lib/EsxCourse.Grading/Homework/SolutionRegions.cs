using EsxCourse.Contracts;

namespace EsxCourse.Grading.Homework;

// The teacher's version of a homework notebook holds the solution between two marks, as nbgrader's do:
//
//   // BEGIN SOLUTION
//   public sealed class IdleMemoryTax : IMemoryTax …
//   // END SOLUTION
//
// Releasing it puts what students begin with in the place of each region, marks included, and touches nothing else.

/// <summary>Marks solutions in C# text and takes them out again.</summary>
internal static class SolutionRegions
{
    /// <summary>What a region begins with, on a line of its own.</summary>
    public const string Begin = "// BEGIN SOLUTION";

    /// <summary>What it ends with.</summary>
    public const string End = "// END SOLUTION";

    /// <summary>Puts text into a region.</summary>
    public static string Mark(string solution) => $"{Begin}\n{solution}\n{End}";

    /// <summary>Puts the student's beginning in the place of each region.</summary>
    /// <param name="source">Text with regions, or without.</param>
    /// <param name="stub">What stands there instead.</param>
    /// <param name="place">What to call the text in messages.</param>
    /// <exception cref="BadInputException">A region does not end, ends before it begins, or holds another: nothing is released then.</exception>
    public static string Strip(string source, string stub, string place)
    {
        List<string> kept = [];
        int begun = 0;
        foreach ((int index, string line) in source.Split('\n').Index())
        {
            string text = line.Trim();
            if (text == Begin)
            {
                if (begun > 0)
                    throw new BadInputException($"{place}:{index + 1}", $"a solution begins inside the one of line {begun}", $"write '{End}' before it");
                begun = index + 1;
                kept.Add(stub);
            }
            else if (text == End)
            {
                if (begun == 0)
                    throw new BadInputException($"{place}:{index + 1}", "a solution ends that did not begin", $"write '{Begin}' before it");
                begun = 0;
            }
            else if (begun == 0)
            {
                kept.Add(line);
            }
        }

        return begun == 0 ? string.Join('\n', kept) : throw new BadInputException($"{place}:{begun}", "the solution that begins here does not end", $"write '{End}' after it");
    }
}
