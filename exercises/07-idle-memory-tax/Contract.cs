namespace EsxCourse.Exercises; internal static class Placeholder;
