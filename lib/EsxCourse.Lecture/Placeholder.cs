namespace EsxCourse.Lecture; internal static class Placeholder;
