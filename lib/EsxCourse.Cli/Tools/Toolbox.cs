namespace EsxCourse.Cli.Tools;

/// <summary>The one list of what the kit calls and does not ship. <c>esx doctor</c>, <c>--setup</c> and <c>tests/run</c> all read it.</summary>
internal static class Toolbox
{
    /// <summary>Every tool, the most needed first.</summary>
    public static IReadOnlyList<Tool> All { get; } =
    [
        new(".NET SDK", "builds the kit, restores what a cell asks for", null, Job.Demo | Job.Tests, "dotnet", "--version"),
        // The probe makes the namespaces that grading makes: a bwrap that may not is as bad as none.
        new("bubblewrap", "the sandbox around a student's code", "bubblewrap", Job.Demo | Job.Tests, "bwrap", "--unshare-all", "--ro-bind", "/", "/", "bwrap", "--version"),
        new("prlimit", "limits on a student's process", "util-linux", Job.Demo | Job.Tests, "prlimit", "--version"),
        // Debian keeps the server's programs out of the PATH, one folder a version.
        new("PostgreSQL", "a department's gradebook on a server", "postgresql", Job.Tests, "sh", "-c", "exec \"$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)/postgres\" --version"),
        // Debian's own Python, where its packages are; another one in the PATH would not see them.
        new("jupyter_client", "a Jupyter client to try the kernel with", "python3-jupyter-client", Job.Tests, "/usr/bin/python3", "-c", "import jupyter_client; print(jupyter_client.__version__)"),
        new("nbclient", "another, which runs whole notebooks", "python3-nbclient", Job.Tests, "/usr/bin/python3", "-c", "import nbclient; print(nbclient.__version__)"),
        new("nbconvert", "runs notebooks at the command line", "jupyter-nbconvert", Job.Tests, "/usr/bin/jupyter-nbconvert", "--version"),
        new("Jupyter Notebook", "the server on which a browser tries the kernel", "jupyter-notebook", Job.Tests, "/usr/bin/jupyter-notebook", "--version"),
        new("Node.js", "a GIFT parser that is not ours", "nodejs", Job.Tests, "node", "--version"),
        new("debootstrap", "a bare Debian in which Gradescope's autograder is tried", "debootstrap", Job.Tests, "debootstrap", "--version"),
        new("chromium", "the browser that looks at every page", "chromium", Job.Tests, "chromium", "--version"),
    ];

    /// <summary>Probes every tool that <paramref name="job"/> needs; for no job in particular, all.</summary>
    public static IReadOnlyList<ToolState> Probe(Job job = Job.None) =>
        [.. All.Where(tool => tool.Jobs.HasFlag(job)).Select(tool => tool.Probe())];
}
