using EsxCourse.Kernel.Session;

// The kernel's own processes, started by the kit and not by hand:
//   session SOCKET    runs the cells of one notebook for the parent that listens on SOCKET
switch (args)
{
    case ["session", string address]:
        return await SessionHost.RunAsync(address);
    default:
        Console.Error.WriteLine("This is a part of esx, which starts it; run 'esx notebook run FILE' or 'esx kernel install'.");
        return 2;
}
