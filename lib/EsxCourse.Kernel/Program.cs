using System.Runtime.InteropServices;
using EsxCourse.Contracts;
using EsxCourse.Kernel.Jupyter;
using EsxCourse.Kernel.Session;

// The kernel's own processes, started by the kit or by a Jupyter client, not by hand:
//   session SOCKET    runs the cells of one notebook for the parent that listens on SOCKET
//   jupyter FILE      serves the Jupyter client that wrote the connection file FILE
switch (args)
{
    case ["session", string address]:
        return await SessionHost.RunAsync(address);
    case ["jupyter", string connectionFile]:
        // The client interrupts by a message; a Ctrl-C at its terminal is not for us.
        using (PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true))
            try
            {
                await JupyterKernel.RunAsync(connectionFile);
                return 0;
            }
            catch (BadInputException bad)
            {
                Console.Error.WriteLine(bad.Message);
                return 2;
            }

    default:
        Console.Error.WriteLine("This is a part of esx, which starts it; run 'esx notebook run FILE' or 'esx kernel install'.");
        return 2;
}
