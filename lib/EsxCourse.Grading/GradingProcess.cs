using EsxCourse.Grading.Gradescope;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading;

/// <summary>What <c>dotnet EsxCourse.Grading.dll</c> does: compile for a grader, or grade one submission for Gradescope.</summary>
internal static class GradingProcess
{
    public static async Task Main(string[] arguments)
    {
        if (arguments is ["--gradescope", string autograder])
            await GradescopeRun.RunAsync(autograder);
        else
            CompilerService.Run(arguments[0]);
    }
}
