"""The kernel through Debian's jupyter_client: it stops what it is told to stop, and comes back after its death.

usage: protocol.py KERNELS_FOLDER CASE,CASE [TIMES]      prints "passed" or fails with a traceback; started by ProtocolTests.cs
"""
import sys
import time

from client import WAIT, main, text

INTERRUPTED = {
    "loop": "while (true) { }",
    "loop without a block": "for (;;) i++;",
    "catch": "while (true) try { while (true) { } } catch { }",
    "finally": "try { } finally { while (true) { } }",
    "recursion": "int Deep(int n) => n == 0 ? 0 : Deep(n - 1) + Deep(n - 1); Deep(60)",
    "allocation": "while (true) { var a = new byte[1000]; }",
    "linq": "Enumerable.Range(0, int.MaxValue).Where(x => x < 0).Count()",
    "parallel": "Parallel.For(0, int.MaxValue, k => { });",
    "task": "await Task.Run(() => { while (true) { } });",
    "lambda": "Action f = () => { while (true) { } }; f();",
    "iterator": "IEnumerable<int> Endless() { while (true) yield return 1; } foreach (int x in Endless()) ;",
    "static constructor": "class S { static S() { while (true) { } } public static int X = 1; } S.X",
    "sleep": "System.Threading.Thread.Sleep(-1);",
    "wait": "new Task(() => { }).Wait();",
    "await": "await Task.Delay(-1);",
    "lock": "var o = new object(); var t = new System.Threading.Thread(() => { lock (o) System.Threading.Thread.Sleep(-1); }) { IsBackground = true }; t.Start(); System.Threading.Thread.Sleep(200); lock (o) { }",
    "process": 'var p = System.Diagnostics.Process.Start("sleep", "1000"); try { p.WaitForExit(); } finally { p.Kill(); }',
    "goto": "again: i++; goto again;",
}


def interrupt(c):
    c.run("int i = 0; int kept = 41;")
    for name, code in INTERRUPTED.items():
        for _ in range(TIMES):
            msg_id = c.kc.execute('Console.Write("go");\n' + code)
            while text([c.kc.get_iopub_msg(timeout=WAIT)]) != "go":
                pass
            time.sleep(0.1)
            begin = time.time()
            c.manager.interrupt_kernel()
            reply = c.reply(msg_id)
            print(f"{name}: {(time.time() - begin) * 1000:.0f} ms", file=sys.stderr)
            assert reply["status"] == "error" and reply["ename"] == "Interrupted", (name, reply)
            assert "left behind" not in reply["evalue"], (name, reply)
    assert c.value("kept + 1") == "42"


def abandon(c):
    c.run("int kept = 1;")
    msg_id = c.kc.execute('Console.Write("go");\nvar big = System.Numerics.BigInteger.Pow(3, 200_000_000);')
    while text([c.kc.get_iopub_msg(timeout=WAIT)]) != "go":
        pass
    c.manager.interrupt_kernel()
    reply = c.reply(msg_id)
    assert "left behind" in reply["evalue"], reply
    assert c.value("kept + 1") == "2"


def crash(c):
    for code, name in (("Environment.Exit(0);", "ProcessExit"), ('Environment.FailFast("x");', "FailFast"), ("int D(int n) => D(n + 1) + 1; D(0)", "StackOverflow")):
        c.run("int gone = 1;")
        reply, outputs = c.run(code)
        assert reply["status"] == "error" and reply["ename"] == name, reply
        assert "started anew" in reply["traceback"][1], reply
        assert c.run("gone")[0]["status"] == "error"
        assert c.value("1 + 1") == "2"


def flood(c):
    reply, outputs = c.run('for (int i = 0; i < 1_000_000; i++) Console.WriteLine("flood");')
    assert reply["status"] == "ok" and 100_000 < len(text(outputs)) < 300_000
    assert "output cut" in text(outputs, "stderr")


if __name__ == "__main__":
    TIMES = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    main(globals(), sys.argv)
