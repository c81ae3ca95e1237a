using EsxCourse.Contracts;
using EsxCourse.Grading.Exercises;

namespace EsxCourse.Cli.Exercises;

// A student's folder for one exercise: everything that an editor needs for completion, and that `dotnet` needs to build without a package or a network.
//
//   idle-memory-tax/
//     IdleMemoryTax.cs                what the student edits, and hands in
//     README.md                       the statement
//     IdleMemoryTax.csproj            builds it; `dotnet run` runs the checks
//     contract/Contract.cs            the exercise's interfaces, as source: an editor goes there and back
//     contract/EsxCourse.Contracts.*  the units (Ppn, PageCount, …) with their documentation
//     .vscode/                        build and check as tasks
//
// Always: what is there already is never written over. Only sources straight in the folder are the student's (Submissions/Uploads/SourceReader.cs).

/// <summary>Lays out a folder to work in on one exercise.</summary>
/// <param name="exercise">The exercise.</param>
internal sealed class WorkingFolder(Exercise exercise)
{
    private const string ContractFolder = "contract", Statement = "README.md", ContractFile = "Contract.cs";

    private static readonly string UnitsPath = typeof(Ppn).Assembly.Location;

    /// <summary>The folder that it is given where the student names none: the slug without its number, here.</summary>
    public static string UsualPlace(Exercise exercise) => exercise.Slug[(exercise.Slug.IndexOf('-') + 1)..];

    /// <summary>Writes the folder.</summary>
    /// <param name="folder">Where; made if it is not there.</param>
    /// <exception cref="BadInputException">One of its files is there already, or it cannot be written.</exception>
    public void Write(string folder)
    {
        try
        {
            Dictionary<string, Action<string>> files = Files(Path.GetFullPath(folder));
            if (File.Exists(folder))
                throw new BadInputException(folder, "is a file", "name another folder with --out");
            if (files.Keys.FirstOrDefault(name => Path.Exists(Path.Combine(folder, name))) is string there)
                throw new BadInputException(Path.Combine(folder, there), "is there already, and nothing is written over", "go on with it, or name another folder with --out");
            foreach ((string name, Action<string> write) in files)
            {
                string path = Path.Combine(folder, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                write(path);
            }
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(folder, "cannot be written", "name a folder of your own with --out", failed);
        }
    }

    private Dictionary<string, Action<string>> Files(string folder)
    {
        string project = Path.GetFileNameWithoutExtension(exercise.StubFile);
        Dictionary<string, Action<string>> files = new()
        {
            [exercise.StubFile] = Copy(exercise.StubPath),
            [Statement] = Copy(Path.Combine(exercise.Folder, Statement)),
            [$"{project}.csproj"] = Text(ProjectText(folder)),
            [Path.Combine(ContractFolder, ContractFile)] = Copy(Path.Combine(exercise.Folder, ContractFile)),
            [Path.Combine(ContractFolder, Path.GetFileName(UnitsPath))] = Copy(UnitsPath),
            [Path.Combine(".vscode", "tasks.json")] = Text(Tasks),
            [Path.Combine(".vscode", "extensions.json")] = Text("""{ "recommendations": ["ms-dotnettools.csharp"] }"""),
            [Path.Combine(".vscode", "settings.json")] = Text("""{ "files.exclude": { "bin": true, "obj": true } }"""),
            [".gitignore"] = Text("bin/\nobj/"),
        };
        string documentation = Path.ChangeExtension(UnitsPath, ".xml");
        if (File.Exists(documentation))
            files[Path.Combine(ContractFolder, Path.GetFileName(documentation))] = Copy(documentation);
        return files;
    }

    private static Action<string> Copy(string from) => to =>
    {
        // Not File.Copy, which would take a read-only kit's rights along.
        using FileStream source = File.OpenRead(from);
        using FileStream target = new(to, FileMode.CreateNew, FileAccess.Write);
        source.CopyTo(target);
    };

    private static Action<string> Text(string text) => to =>
    {
        using StreamWriter writer = new(new FileStream(to, FileMode.CreateNew, FileAccess.Write));
        writer.Write(text.ReplaceLineEndings("\n") + "\n");
    };

    /// <summary>The project: it sees what a submission sees, without a <c>using</c> (Submissions/StudentCompiler.cs), and nothing of the folders above.</summary>
    private string ProjectText(string folder) =>
        $"""
        <Project>
          <!-- {exercise.Slug}: `dotnet run` builds it and runs the checks that you have. No package is needed, and no network. -->
          <PropertyGroup>
            <ImportDirectoryBuildProps>false</ImportDirectoryBuildProps>
            <ImportDirectoryBuildTargets>false</ImportDirectoryBuildTargets>
            <ImportDirectoryPackagesProps>false</ImportDirectoryPackagesProps>
            <RestoreSources>$(MSBuildThisFileDirectory)</RestoreSources>
          </PropertyGroup>
          <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
          <PropertyGroup>
            <TargetFramework>net{Environment.Version.Major}.{Environment.Version.Minor}</TargetFramework>
            <Nullable>enable</Nullable>
            <NuGetAudit>false</NuGetAudit>
            <!-- Where the course's program lies, if you have moved this folder: dotnet run -p:EsxProgram=PATH/esx.dll -->
            <EsxProgram Condition="'$(EsxProgram)' == ''">{Program(folder)}</EsxProgram>
            <RunCommand>dotnet</RunCommand>
            <RunArguments>exec "$(EsxProgram)" exercise check "$(MSBuildProjectDirectory)"</RunArguments>
          </PropertyGroup>
          <ItemGroup>
            <Using Include="System;System.Collections.Generic;System.Linq;EsxCourse.Contracts;{exercise.Contract.Namespace}" />
            <Reference Include="EsxCourse.Contracts" HintPath="{ContractFolder}/{Path.GetFileName(UnitsPath)}" />
          </ItemGroup>
          <Target Name="FindTheCourse" BeforeTargets="ComputeRunArguments">
            <Error Condition="!Exists('$(EsxProgram)')" Text="The course's program is not at '$(EsxProgram)'. Say where: dotnet run -p:EsxProgram=PATH/esx.dll" />
          </Target>
          <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
        </Project>
        """;

    /// <summary>The program from the project's view: by a relative path within the kit, which may be moved as a whole.</summary>
    private static string Program(string folder)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "esx.dll"), kit = KitRoot.Find() + Path.DirectorySeparatorChar;
        bool isWithin = folder.StartsWith(kit, StringComparison.Ordinal) && program.StartsWith(kit, StringComparison.Ordinal);
        string path = isWithin ? "$(MSBuildThisFileDirectory)" + Path.GetRelativePath(folder, program) : program;
        return System.Security.SecurityElement.Escape(path);
    }

    private const string Tasks =
        """
        {
          "version": "2.0.0",
          "tasks": [
            { "label": "build", "type": "process", "command": "dotnet", "args": ["build"], "problemMatcher": "$msCompile", "group": "build" },
            {
              "label": "check", "type": "process", "command": "dotnet", "args": ["run"], "problemMatcher": "$msCompile",
              "group": { "kind": "test", "isDefault": true }, "presentation": { "clear": true }
            }
          ]
        }
        """;
}
