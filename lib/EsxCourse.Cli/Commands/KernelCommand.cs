using System.CommandLine;
using EsxCourse.Kernel.Engine;
using EsxCourse.Kernel.Jupyter;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx kernel</c>: the Jupyter kernel.</summary>
internal static class KernelCommand
{
    public static Command Create()
    {
        Command install = new("install", "Make the C# kernel known to Jupyter, for this user.");
        Option<bool> asBuilt = new("--as-built") { Description = "Do not translate the kernel to machine code beforehand; it then starts more slowly." };
        install.Options.Add(asBuilt);
        install.SetAction(async (parsed, cancel) =>
        {
            if (!parsed.GetValue(asBuilt) && !ReadyKernel.IsPrepared)
            {
                Console.Error.WriteLine("Translating the kernel to machine code, once; this takes about a minute.");
                if (await ReadyKernel.PrepareAsync(cancel) is { } reason)
                    Console.Error.WriteLine($"It stays as it was built and will start more slowly: {reason}");
            }

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
