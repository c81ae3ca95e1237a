using EsxCourse.Contracts;

namespace EsxCourse.Experiments;

/// <summary>The paper counts in megabytes of 2^20 bytes.</summary>
internal static class Megabytes
{
    public static double Of(PageCount pages) => pages.Value / 256.0;
}
