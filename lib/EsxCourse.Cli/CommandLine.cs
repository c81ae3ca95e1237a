using System.CommandLine;
using EsxCourse.Contracts;

namespace EsxCourse.Cli;

/// <summary>Runs a command and turns whatever happens into an exit code and, for bad input, one clear line on standard error.</summary>
internal static class CommandLine
{
    /// <summary>The work is done.</summary>
    public const int Done = 0;

    /// <summary>The work itself failed: a failing cell, a failed check.</summary>
    public const int WorkFailed = 1;

    /// <summary>Wrong usage or bad input.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped by Ctrl-C, as shells count it (128 + SIGINT).</summary>
    public const int Interrupted = 130;

    /// <summary>Parses <paramref name="args"/> and runs the command they name.</summary>
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            string command = string.Join(' ', Path(parsed.CommandResult));
            Console.Error.WriteLine($"{command}: {OneLine(parsed.Errors[0].Message)} Try '{command} --help'.");
            return BadInput;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (BadInputException bad)
        {
            Console.Error.WriteLine(bad.Message);
            return BadInput;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped.");
            return Interrupted;
        }
    }

    private static string OneLine(string message) => string.Join(' ', message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Path(System.CommandLine.Parsing.CommandResult? result) =>
        result is null ? [] : Path(result.Parent as System.CommandLine.Parsing.CommandResult).Append(result.Command is RootCommand ? "esx" : result.Command.Name);
}
