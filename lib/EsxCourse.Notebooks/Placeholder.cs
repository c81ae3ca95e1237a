namespace EsxCourse.Notebooks; internal static class Placeholder;
