using System.Diagnostics;
using System.Text.Json;
using System.Xml.Linq;
using EsxCourse.Grading.Exercises;

namespace EsxCourse.Cli.Bench;

/// <summary>What one would grade with instead: a test project for the exercise, and a notebook executed as nbgrader does it.</summary>
internal sealed class GradingPeers(Exercise exercise) : IDisposable
{
    private const int Rounds = 3;
    private readonly string folder = Directory.CreateTempSubdirectory("esx-bench-").FullName;

    /// <summary>Seconds that <c>dotnet test</c> takes on a restored and once built project when the submission in it has changed: median of three.</summary>
    /// <returns>The seconds; or null and why it could not be tried.</returns>
    public async Task<(double? Seconds, string? WhyNot)> DotnetTestAsync(CancellationToken stop)
    {
        string project = Directory.CreateDirectory(Path.Combine(folder, "tests")).FullName, root = KitRoot.Find();
        string version = XDocument.Load(Path.Combine(root, "Directory.Packages.props")).Descendants("PackageVersion").Single(p => p.Attribute("Include")?.Value == "xunit.v3").Attribute("Version")!.Value;
        File.Copy(Path.Combine(root, "global.json"), Path.Combine(project, "global.json"));
        File.Copy(Path.Combine(exercise.Folder, "Contract.cs"), Path.Combine(project, "Contract.cs"));
        File.WriteAllText(Path.Combine(project, "Tests.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net{Environment.Version.Major}.{Environment.Version.Minor}</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TestingPlatformDotnetTestSupport>true</TestingPlatformDotnetTestSupport>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="xunit.v3" Version="{version}" />
                <Reference Include="{Path.Combine(AppContext.BaseDirectory, "EsxCourse.Contracts.dll")}" />
                <Using Include="EsxCourse.Contracts" />
                <Using Include="{exercise.Contract.Namespace}" />
                <Using Include="Xunit" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(project, "Tests.cs"), """
            public sealed class MemoryTaxTests
            {
                private readonly IMemoryTax student = (IMemoryTax)Activator.CreateInstance(typeof(MemoryTaxTests).Assembly.GetTypes().Single(t => t.IsClass && typeof(IMemoryTax).IsAssignableFrom(t)))!;

                [Theory]
                [InlineData(0, 1)]
                [InlineData(50, 2)]
                [InlineData(75, 4)]
                [InlineData(80, 5)]
                public void IdlePageCost(int percent, double cost) => Assert.Equal(cost, student.IdlePageCost(percent), 6);

                [Fact]
                public void NobodyIsAboveMin() => Assert.Null(student.NextVictim([], 75));

                [Fact]
                public void NothingIsTakenForNothing() => Assert.Empty(student.Revoke([new(new Shares(100), new PageCount(10), new PageCount(5), false, new PageCount(1))], new VmId(0), new PageCount(0), new PageCount(0), 75));
            }
            """);
        string submission = Path.Combine(project, "Submission.cs"), text = File.ReadAllText(exercise.ReferencePath);
        File.WriteAllText(submission, text);
        if (await RunAsync("dotnet", ["restore"], project, stop) is string notRestored)
            return (null, $"dotnet restore of the peer's project failed: {notRestored}");
        List<double> seconds = [];
        for (int round = 0; round <= Rounds; round++)
        {
            File.WriteAllText(submission, $"// {round}\n{text}");
            long start = Stopwatch.GetTimestamp();
            if (await RunAsync("dotnet", ["test", "--no-restore"], project, stop) is string failed)
                return (null, $"dotnet test failed: {failed}");
            if (round > 0)
                seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return (seconds.Order().ElementAt(Rounds / 2), null);
    }

    /// <summary>Seconds that <c>nbconvert --execute</c> takes on a Python notebook of two cells: median of three.</summary>
    /// <returns>The seconds; or null and why it could not be tried.</returns>
    public async Task<(double? Seconds, string? WhyNot)> NbconvertAsync(CancellationToken stop)
    {
        string[] cells = ["def cost(tax):\n    return 1 / (1 - tax)", "assert abs(cost(0.8) - 5) < 1e-9"];
        File.WriteAllText(Path.Combine(folder, "two.ipynb"), JsonSerializer.Serialize(new
        {
            cells = cells.Select((source, i) => new { cell_type = "code", id = $"cell{i}", execution_count = (int?)null, metadata = new { }, outputs = Array.Empty<object>(), source }),
            metadata = new { kernelspec = new { display_name = "Python 3", language = "python", name = "python3" } },
            nbformat = 4,
            nbformat_minor = 5,
        }));
        List<double> seconds = [];
        for (int round = 0; round <= Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            if (await RunAsync("jupyter", ["nbconvert", "--to", "notebook", "--execute", "--output", "out.ipynb", "two.ipynb"], folder, stop) is string failed)
                return (null, $"nbconvert cannot be tried here ({failed}); 'apt-get install jupyter-nbconvert python3-ipykernel'.");
            if (round > 0)
                seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return (seconds.Order().ElementAt(Rounds / 2), null);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Runs a program.</summary>
    /// <returns>Null when it succeeded; else the last line that it said.</returns>
    private static async Task<string?> RunAsync(string program, string[] arguments, string place, CancellationToken stop)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = place })!;
            using CancellationTokenRegistration kill = stop.Register(() => process.Kill(entireProcessTree: true));
            Task<string> errors = process.StandardError.ReadToEndAsync(stop);
            string output = await process.StandardOutput.ReadToEndAsync(stop);
            await process.WaitForExitAsync(stop);
            return process.ExitCode == 0 ? null : (output + await errors).TrimEnd().Split('\n')[^1];
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return missing.Message;
        }
    }
}
