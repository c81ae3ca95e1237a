using System.CommandLine;
using EsxCourse.Kernel.Jupyter;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx kernel</c>: the Jupyter kernel.</summary>
internal static class KernelCommand
{
    public static Command Create()
    {
        Command install = new("install", "Make the C# kernel known to Jupyter, for this user.");
        install.SetAction(_ =>
        {
            Console.WriteLine($"Installed in {KernelSpec.Install(KernelSpec.UserFolder)}");
            return CommandLine.Done;
        });

        Command uninstall = new("uninstall", "Remove what 'install' wrote, and nothing else.");
        uninstall.SetAction(_ =>
        {
            IReadOnlyList<string> removed = KernelSpec.Uninstall(KernelSpec.UserFolder);
            Console.WriteLine(removed.Count > 0 ? "Removed " + string.Join(", ", removed) : "Nothing of ours is installed.");
            return CommandLine.Done;
        });

        Argument<string> file = new("FILE") { Description = "The connection file that a Jupyter client wrote." };
        Command start = new("start", "Serve a Jupyter client; started by it.") { file };
        start.SetAction(async (parsed, cancel) =>
        {
            await JupyterKernel.RunAsync(parsed.GetValue(file)!, cancel);
            return CommandLine.Done;
        });

        return new Command("kernel", "The Jupyter kernel.") { install, uninstall, start };
    }
}
