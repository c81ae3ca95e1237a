using System.CommandLine;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx exercise</c>: the students' side (list, start, check, replay) and the teacher's (verify, homework, release, gradescope). One file a verb.</summary>
internal static class ExerciseCommand
{
    public static Command Create()
    {
        Command command = new("exercise", "List exercises, start one, check a solution, prove the checks, write homework notebooks, the students' copy and autograders.")
        {
            ExerciseListCommand.Create(),
            ExerciseStartCommand.Create(),
            ExerciseCheckCommand.Create(),
            ExerciseReplayCommand.Create(),
        };
        if (KitRoot.IsStudentsCopy)
            return command;
        command.Add(ExerciseVerifyCommand.Create());
        command.Add(ExerciseHomeworkCommand.Create());
        command.Add(ExerciseReleaseCommand.Create());
        command.Add(ExerciseGradescopeCommand.Create());
        return command;
    }
}
