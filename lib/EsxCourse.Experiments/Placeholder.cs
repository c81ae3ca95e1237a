namespace EsxCourse.Experiments; internal static class Placeholder;
