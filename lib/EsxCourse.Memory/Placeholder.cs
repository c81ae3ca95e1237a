namespace EsxCourse.Memory; internal static class Placeholder;
