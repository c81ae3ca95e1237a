using System.CommandLine;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx doctor</c>: what is installed, what is missing, how to get it.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        Command command = new("doctor", "Say what is installed, what is missing, and how to get it.");
        command.SetAction(_ => CommandLine.Done);
        return command;
    }
}
