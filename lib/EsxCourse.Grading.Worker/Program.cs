using System.Reflection;
using EsxCourse.Grading.Worker;
using EsxCourse.Grading.Worker.Lockdown;
using EsxCourse.Grading.Worker.Wire;

// The process in which one submission runs. By now the parent has put limits and namespaces around it (EsxCourse.Grading/Sandbox);
// what is left to do from inside is to hide the pipe, to lock the system calls, and only then to take student code in.
//
//   usage: EsxCourse.Grading.Worker (--threads=N | --unlocked) CONTRACTS.dll      (the pipe on descriptors 0 and 1)

const string Threads = "--threads=";
bool locked = args[0].StartsWith(Threads, StringComparison.Ordinal);
string contracts = args[^1];
Tether.ToParent();
(Stream requests, Stream replies) = Descriptors.TakePipe();
ParentPipe pipe = new(requests, replies);
Assembly contractsAssembly = Warmth.Touch(contracts);
if (locked)
{
    Tether.LimitThreads(int.Parse(args[0][Threads.Length..]));
    SeccompFilter.Install();
}

WireWriter hello = Frame.Begin(Frame.MaxReplyBytes);
hello.Bool(locked);
pipe.Send(FrameKind.Hello, 0, hello);
try
{
    new StudentSession(pipe, contractsAssembly).Serve();
}
catch (EndOfStreamException)
{
    // The parent is done with us, or dead.
    Tether.Cut();
}
