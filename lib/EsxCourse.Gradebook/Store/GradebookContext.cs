using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace EsxCourse.Gradebook.Store;

/// <summary>
/// The one EF Core model behind SQLite and PostgreSQL. Its columns are those that both hold alike: text, 64-bit integers, 32-bit integers.
/// Points are integers (<see cref="PointsColumn"/>), moments are milliseconds since 1970 in UTC, enumerations are words. A change here
/// changes the tables: raise <see cref="Schema.Current"/> and add the upgrade; a test compares the tables with a snapshot.
/// </summary>
internal sealed class GradebookContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<CourseRow> Courses => Set<CourseRow>();

    public DbSet<StudentRow> Students => Set<StudentRow>();

    public DbSet<AssignmentRow> Assignments => Set<AssignmentRow>();

    public DbSet<AttemptRow> Attempts => Set<AttemptRow>();

    public DbSet<AdjustmentRow> Adjustments => Set<AdjustmentRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<decimal>().HaveConversion<PointsColumn>();
        conventions.Properties<DateTimeOffset>().HaveConversion<MomentColumn>();
        conventions.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<CourseRow>(course =>
        {
            course.ToTable("course");
            course.HasIndex(row => row.Name).IsUnique();
        });
        model.Entity<StudentRow>(student =>
        {
            student.ToTable("student");
            student.HasIndex(row => new { row.CourseId, row.Key }).IsUnique();
            student.HasOne<CourseRow>().WithMany().HasForeignKey(row => row.CourseId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<AssignmentRow>(assignment =>
        {
            assignment.ToTable("assignment");
            assignment.HasIndex(row => new { row.CourseId, row.Slug }).IsUnique();
            assignment.HasOne<CourseRow>().WithMany().HasForeignKey(row => row.CourseId).OnDelete(DeleteBehavior.Restrict);
            assignment.HasMany(row => row.Versions).WithOne().HasForeignKey(row => row.AssignmentId);
        });
        model.Entity<VersionRow>(version =>
        {
            version.ToTable("assignment_version");
            version.HasIndex(row => new { row.AssignmentId, row.Number }).IsUnique();
        });
        model.Entity<AttemptRow>(attempt =>
        {
            attempt.ToTable("attempt");
            attempt.HasIndex(row => new { row.StudentId, row.AssignmentId, row.SubmissionHash }).IsUnique();
            attempt.HasOne<StudentRow>().WithMany().HasForeignKey(row => row.StudentId).OnDelete(DeleteBehavior.Restrict);
            attempt.HasOne<AssignmentRow>().WithMany().HasForeignKey(row => row.AssignmentId).OnDelete(DeleteBehavior.Restrict);
            attempt.HasMany(row => row.Results).WithOne().HasForeignKey(row => row.AttemptId);
        });
        model.Entity<ResultRow>(result =>
        {
            result.ToTable("result");
            result.HasIndex(row => new { row.AttemptId, row.Version, row.Revision }).IsUnique();
            result.HasMany(row => row.Checks).WithOne().HasForeignKey(row => row.ResultId);
        });
        model.Entity<CheckRow>(check =>
        {
            check.ToTable("result_check");
            check.HasIndex(row => new { row.ResultId, row.CheckId }).IsUnique();
        });
        model.Entity<AdjustmentRow>(adjustment =>
        {
            adjustment.ToTable("adjustment");
            adjustment.HasOne<StudentRow>().WithMany().HasForeignKey(row => row.StudentId).OnDelete(DeleteBehavior.Restrict);
            adjustment.HasOne<AssignmentRow>().WithMany().HasForeignKey(row => row.AssignmentId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private sealed class MomentColumn() : ValueConverter<DateTimeOffset, long>(
        moment => moment.ToUnixTimeMilliseconds(), kept => DateTimeOffset.FromUnixTimeMilliseconds(kept));
}
