using EsxCourse.Grading.Worker;
using EsxCourse.Grading.Worker.Lockdown;
using EsxCourse.Grading.Worker.Wire;

// The process in which one submission runs. By now the parent has put limits and namespaces around it (EsxCourse.Grading/Sandbox);
// what is left to do from inside is to hide the pipe, to lock the system calls, and only then to take student code in.
//
//   usage: EsxCourse.Grading.Worker [--unlocked] CONTRACTS.dll      (the pipe on descriptors 0 and 1)

bool locked = args[0] != "--unlocked";
string contracts = args[^1];
(FileStream requests, FileStream replies) = Descriptors.TakePipe();
ParentPipe pipe = new(requests, replies);
Warmth.Touch(contracts);
if (locked)
    SeccompFilter.Install();

WireWriter hello = Frame.Begin(Frame.MaxReplyBytes);
hello.Byte(locked ? (byte)1 : (byte)0);
pipe.Send(FrameKind.Hello, 0, hello);
try
{
    new StudentSession(pipe).Serve();
}
catch (EndOfStreamException)
{
    // The parent is done with us. Student threads and finalisers get no say in when.
    Environment.Exit(0);
}
