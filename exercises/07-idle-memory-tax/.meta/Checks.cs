namespace EsxCourse.Exercises; internal static class PlaceholderChecks;
