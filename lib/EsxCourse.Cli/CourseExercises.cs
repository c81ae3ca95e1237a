using EsxCourse.Exercises.Tax;
using EsxCourse.Grading.Exercises;

namespace EsxCourse.Cli;

/// <summary>The course's exercises: folders in the kit, checks in the assembly that is built from them.</summary>
internal static class CourseExercises
{
    public static string Folder => Path.Combine(KitRoot.Find(), "exercises");

    public static ExerciseCatalog Load() => ExerciseCatalog.Load(Folder, typeof(ReferenceMemoryTax).Assembly);
}
