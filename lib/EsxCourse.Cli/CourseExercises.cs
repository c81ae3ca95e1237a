using System.Reflection;
using EsxCourse.Grading.Exercises;

namespace EsxCourse.Cli;

/// <summary>The course's exercises: folders in the kit, checks in the assembly that is built from them.</summary>
/// <remarks>Found by name, so that this program knows no class of it: a students' copy has an assembly of that name with the public checks alone.</remarks>
internal static class CourseExercises
{
    /// <summary>The assembly with the checks.</summary>
    public const string ChecksName = "EsxCourse.Exercises";

    public static string Folder => Path.Combine(KitRoot.Find(), "exercises");

    public static ExerciseCatalog Load() => ExerciseCatalog.Load(Folder, Assembly.Load(ChecksName));
}
