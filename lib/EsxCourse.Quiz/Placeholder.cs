namespace EsxCourse.Quiz; internal static class Placeholder;
