namespace EsxCourse.Quiz.Tests;

/// <summary>The bank of the kit, as it lies beside the test program.</summary>
internal static class Quizzes
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "quizzes");

    public static QuizFile Faux { get; } = QuizFile.Load(Path.Combine(Folder, "faux-quiz.yaml"));
}
