using System.CommandLine;
using System.Net;
using EsxCourse.Contracts;
using EsxCourse.Gradebook;
using EsxCourse.Quiz;
using EsxCourse.Quiz.Server;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx quiz serve</c>: a quiz in the room. Students join with a code; the lecturer has a page apart.</summary>
internal static class QuizServeCommand
{
    public static Command Create()
    {
        Argument<string> name = QuizInput.Quiz();
        Option<int> port = new("--port") { Description = "The port to listen on; 0 takes any that is free.", HelpName = "PORT", DefaultValueFactory = _ => 8080 };
        Option<string?> address = new("--address") { Description = "The network to listen on. Without it, all of this machine's; 127.0.0.1 keeps the quiz on this machine.", HelpName = "ADDRESS" };
        Option<string?> host = new("--host") { Description = "The name or address under which students reach this machine, for the printed addresses.", HelpName = "NAME" };
        Option<string?> code = new("--code") { Description = "What students type to join. Without it, one is drawn.", HelpName = "CODE" };
        Option<double?> minutes = new("--minutes") { Description = "How long a student has. Without it, as the quiz says.", HelpName = "N" };
        Option<int?> attempts = new("--attempts") { Description = "How often a student may take it. Without it, as the quiz says.", HelpName = "N" };
        Option<bool> open = new("--open") { Description = "Let students start at once; otherwise they wait until you open the quiz on your page." };
        Option<string?> db = new("--db") { Description = "The file that keeps who is in and what is answered; the same file goes on with the same quiz. Without it, quiz-NAME.db here.", HelpName = "FILE" };
        Option<string?> gradebook = new("--gradebook") { Description = "Bring the results into this gradebook when the quiz is closed (a file, or postgres://…). Free text waits there for a human.", HelpName = "PLACE" };
        Option<string> course = new("--course") { Description = "The course in the gradebook.", HelpName = "NAME", DefaultValueFactory = _ => CourseGradebook.DefaultCourse };
        Option<string?> answers = new("--out") { Description = "Write one answer file a student into this folder when the quiz is closed, for 'esx quiz score' and 'esx quiz analyse'.", HelpName = "DIR" };
        Command command = new("serve", "Hold a quiz in the room: students join by browser with a code, the server keeps the clock and every answer. Ctrl-C ends it; the same command goes on with it.")
        {
            name, port, address, host, code, minutes, attempts, open, db, gradebook, course, answers,
        };
        command.SetAction(async (parsed, stop) =>
        {
            (QuizFile quiz, QuizBank? bank) = QuizInput.Find(parsed.GetRequiredValue(name));
            string database = parsed.GetValue(db) ?? $"quiz-{quiz.Name}.db";
            QuizServerOptions options = new()
            {
                Quiz = quiz,
                Bank = bank,
                Database = database,
                Gradebook = parsed.GetValue(gradebook),
                Course = parsed.GetRequiredValue(course),
                AnswerFolder = parsed.GetValue(answers),
                Code = Checked(parsed.GetValue(code)),
                TimeLimit = Minutes(parsed.GetValue(minutes)),
                Attempts = parsed.GetValue(attempts) is { } times ? (times is >= 1 and <= 100 ? times : throw new BadInputException($"--attempts {times}", "is not between 1 and 100", "write for example --attempts 2")) : null,
                OpenAtOnce = parsed.GetValue(open),
                Address = Address(parsed.GetValue(address)),
                Port = parsed.GetValue(port) is var number and >= 0 and <= 65535 ? number : throw new BadInputException($"--port {parsed.GetValue(port)}", "is no port", "write a number from 0 to 65535, for example 8080"),
                Host = parsed.GetValue(host),
            };
            await ServeAsync(options, stop);
            return CommandLine.Done;
        });
        return command;
    }

    private static async Task ServeAsync(QuizServerOptions options, CancellationToken stop)
    {
        await using QuizServer server = await QuizServer.StartAsync(options, TimeProvider.System, stop);
        Console.WriteLine($"Quiz:       {options.Quiz.Title}{(server.StudentsAtStart > 0 ? $", goes on with {server.StudentsAtStart} students" : "")}");
        Console.WriteLine($"Students:   {server.JoinUrl}   code {server.Code}");
        Console.WriteLine($"You:        {server.LecturerUrl}");
        Console.WriteLine($"Kept in:    {options.Database}");
        Console.WriteLine("Ctrl-C ends the server.");
        TaskCompletionSource stopped = new();
        await using CancellationTokenRegistration _ = stop.Register(stopped.SetResult);
        if (await Task.WhenAny(server.Filed, stopped.Task) == server.Filed)
        {
            if (server.Filed.Exception?.InnerException is { } fault)
                Console.Error.WriteLine($"The results could not be filed: {fault.Message} The answers are safe in {options.Database}; the same command tries again.");
            else if (options.Gradebook is not null || options.AnswerFolder is not null)
                Console.WriteLine($"Closed. Results are in {string.Join(" and ", new[] { options.Gradebook, options.AnswerFolder }.OfType<string>())}.");
            await stopped.Task;
        }

        Console.WriteLine(server.IsClosed ? "Ended." : $"Ended while the quiz was not closed. The same command goes on with it; {options.Database} keeps everything.");
    }

    private static IPAddress Address(string? text) =>
        text is null ? IPAddress.Any : IPAddress.TryParse(text, out IPAddress? address) ? address : throw new BadInputException($"--address {text}", "is no address", "write for example --address 127.0.0.1");

    private static TimeSpan? Minutes(double? minutes) =>
        minutes is null ? null
        : minutes is >= 0.1 and <= 24 * 60 ? TimeSpan.FromMinutes(minutes.Value)
        : throw new BadInputException($"--minutes {minutes}", "is not between 0.1 and 1440", "write for example --minutes 5");

    private static string? Checked(string? code) =>
        code is null || (code.Length is >= 4 and <= 20 && code.All(char.IsAsciiLetterOrDigit)) ? code : throw new BadInputException($"--code {code}", "is not 4 to 20 letters and digits", "write for example --code ESX2002");
}
