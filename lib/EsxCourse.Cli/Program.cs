using System.CommandLine;
using EsxCourse.Cli;
using EsxCourse.Cli.Commands;

// `esx`: one verb a file in Commands/. Exit codes: 0 done; 1 the work itself failed; 2 wrong usage or bad input; 130 stopped by Ctrl-C.
RootCommand root = new("EsxCourse: the lecture on memory management in VMware ESX Server, as notebooks, exercises and quizzes.")
{
    SimCommand.Create(),
    ScanCommand.Create(),
    PaperCommand.Create(),
    DoctorCommand.Create(),
    NotebookCommand.Create(),
    ExerciseCommand.Create(),
    KernelCommand.Create(),
    QuizCommand.Create(),
    DrillCommand.Create(),
};

// In a students' copy there is nothing to grade, and no solution to show.
if (!KitRoot.IsStudentsCopy)
    foreach (Command command in (Command[])[DemoCommand.Create(), BookCommand.Create(), GradeCommand.Create(), SimilarityCommand.Create(), GradebookCommand.Create(), BenchCommand.Create()])
        root.Add(command);

// Without a verb, say what there is.
root.SetAction(parsed => root.Parse("--help").Invoke());

return await CommandLine.RunAsync(root, args);
