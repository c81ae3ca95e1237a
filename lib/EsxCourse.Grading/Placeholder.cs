namespace EsxCourse.Grading; internal static class Placeholder;
