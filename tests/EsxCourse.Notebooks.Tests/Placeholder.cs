namespace EsxCourse.Notebooks.Tests; public sealed class PlaceholderTests { [Fact] public void The_project_runs() => Assert.True(true); }
