"""The kernel through Debian's jupyter_client: each message type, with what a kernel that merely answers "ok" would get wrong.

usage: protocol.py KERNELS_FOLDER CASE          prints "passed" or fails with a traceback; started by JupyterTests.cs
"""
import queue
import sys
import time

from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager

WAIT = 120


class Client:
    def __init__(self, folder):
        specs = KernelSpecManager(kernel_dirs=[folder], ensure_native_kernel=False)
        self.manager = KernelManager(kernel_name=".net-csharp", kernel_spec_manager=specs)
        self.manager.start_kernel()
        self.kc = self.manager.blocking_client()
        self.kc.start_channels()
        self.kc.wait_for_ready(timeout=WAIT)

    def outputs(self, msg_id):
        """Everything published for a request, up to idle."""
        seen = []
        while True:
            msg = self.kc.get_iopub_msg(timeout=WAIT)
            if msg["parent_header"].get("msg_id") != msg_id:
                continue
            if msg["msg_type"] == "status" and msg["content"]["execution_state"] == "idle":
                return seen
            if msg["msg_type"] != "status":
                seen.append(msg)

    def run(self, code, **options):
        msg_id = self.kc.execute(code, **options)
        reply = self.reply(msg_id)
        return reply, self.outputs(msg_id)

    def reply(self, msg_id):
        while True:
            msg = self.kc.get_shell_msg(timeout=WAIT)
            if msg["parent_header"].get("msg_id") == msg_id:
                return msg["content"]

    def value(self, code):
        reply, outputs = self.run(code)
        assert reply["status"] == "ok", reply
        return [o["content"]["data"]["text/plain"] for o in outputs if o["msg_type"] == "execute_result"][0]

    def close(self):
        self.kc.stop_channels()
        self.manager.shutdown_kernel(now=False)


def text(outputs, name="stdout"):
    return "".join(o["content"]["text"] for o in outputs if o["msg_type"] == "stream" and o["content"]["name"] == name)


def kernel_info(c):
    info = c.reply(c.kc.kernel_info())
    assert info["protocol_version"] == "5.4" and info["language_info"]["name"] == "C#", info


def execute(c):
    reply, outputs = c.run('int a = 6;\nConsole.WriteLine("hello");\na * 7')
    assert reply["status"] == "ok" and reply["execution_count"] == 1, reply
    assert [o["msg_type"] for o in outputs] == ["execute_input", "stream", "execute_result"], outputs
    assert outputs[0]["content"]["execution_count"] == 1 and text(outputs) == "hello\n"
    assert outputs[2]["content"]["data"]["text/plain"] == "42" and outputs[2]["content"]["execution_count"] == 1
    reply, outputs = c.run("a = 100", silent=True)
    assert reply["execution_count"] == 1 and outputs == [], outputs
    reply, _ = c.run("a", store_history=False)
    assert reply["execution_count"] == 1
    assert c.value("a") == "100"


def errors(c):
    reply, outputs = c.run("int b = 1;\nint d = nothing;")
    assert reply["status"] == "error" and reply["ename"] == "CompileError", reply
    assert reply["traceback"][0].startswith("cell 1, line 2, column 9: error CS0103"), reply
    assert [o["msg_type"] for o in outputs] == ["execute_input", "error"]
    reply, _ = c.run('throw new InvalidOperationException("x");')
    assert reply["traceback"] == ["System.InvalidOperationException: x", "   at cell 2, line 1"], reply


def stop_on_error(c):
    ids = [c.kc.execute(code) for code in ("System.Threading.Thread.Sleep(500); throw new Exception();", "1", "2")]
    assert [c.reply(i)["status"] for i in ids] == ["error", "aborted", "aborted"]
    ids = [c.kc.execute(code, stop_on_error=False) for code in ("System.Threading.Thread.Sleep(500); throw new Exception();", "1")]
    assert [c.reply(i)["status"] for i in ids] == ["error", "ok"]


def user_expressions(c):
    reply, _ = c.run("int n = 5;", user_expressions={"twice": "n * 2", "bad": "nothing"})
    assert reply["user_expressions"]["twice"]["data"]["text/plain"] == "10", reply
    assert reply["user_expressions"]["bad"]["status"] == "error", reply


def displays(c):
    _, outputs = c.run('var d = display(HTML("<b>1</b>"));')
    shown = outputs[1]
    assert shown["msg_type"] == "display_data" and shown["content"]["data"]["text/html"] == "<b>1</b>", shown
    _, outputs = c.run('d.Update(HTML("<b>2</b>"));')
    assert outputs[1]["msg_type"] == "update_display_data" and outputs[1]["content"]["transient"] == shown["content"]["transient"]
    _, outputs = c.run("ClearOutput(true);")
    assert outputs[1]["msg_type"] == "clear_output" and outputs[1]["content"]["wait"] is True
    _, outputs = c.run("#!mermaid\ngraph TD")
    first = outputs[1]["content"]["data"]["text/html"]
    _, outputs = c.run("#!mermaid\ngraph TD")
    assert len(first) > 1_000_000 and len(outputs[1]["content"]["data"]["text/html"]) < 5_000


def is_complete(c):
    status = lambda code: c.reply(c.kc.is_complete(code))
    assert status("1 + 1")["status"] == "complete"
    assert status("if (true) {") == {"status": "incomplete", "indent": "    "}
    assert status("int int int )")["status"] == "invalid"


def complete(c):
    c.run('var pages = new List<int> { 1 };')
    reply = c.reply(c.kc.complete("pages.Ad", 8))
    assert reply["matches"][:2] == ["Add", "AddRange"] and (reply["cursor_start"], reply["cursor_end"]) == (6, 8), reply
    assert "Select" in c.reply(c.kc.complete("pages.Sel", 9))["matches"]
    assert "pages" in c.reply(c.kc.complete("pag", 3))["matches"]
    reply = c.reply(c.kc.complete('"\U0001f388".Len', 7))
    assert reply["matches"] == ["Length"] and reply["cursor_start"] == 4, reply
    assert "mermaid" in c.reply(c.kc.complete("#!mer", 5))["matches"]


def inspect(c):
    reply = c.reply(c.kc.inspect("Math.Max(1, 2)", 7))
    assert reply["found"] and "double Math.Max(double val1, double val2)" in reply["data"]["text/plain"], reply
    assert "larger" in reply["data"]["text/plain"], reply
    assert not c.reply(c.kc.inspect("  ", 1))["found"]


def history(c):
    c.run("1")
    c.run("22")
    msg_id = c.kc.history(hist_access_type="tail", n=1)
    assert c.reply(msg_id)["history"] == [[0, 2, "22"]]
    msg_id = c.kc.history(hist_access_type="search", pattern="1*", n=5)
    assert [line[2] for line in c.reply(msg_id)["history"]] == ["1"]


def comms(c):
    assert c.reply(c.kc.comm_info())["comms"] == {}


def stdin(c):
    msg_id = c.kc.execute("var line = Console.ReadLine(); line.Length", allow_stdin=True)
    asked = c.kc.get_stdin_msg(timeout=WAIT)
    assert asked["msg_type"] == "input_request"
    c.kc.input("seven..")
    assert c.reply(msg_id)["status"] == "ok"
    assert [o["content"]["data"]["text/plain"] for o in c.outputs(msg_id) if o["msg_type"] == "execute_result"] == ["7"]
    reply, _ = c.run("Console.ReadLine()", allow_stdin=False)
    assert "nobody to answer" in reply["evalue"]


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


def forged(c):
    """A message with a wrong signature must not be answered; the next, right one must."""
    right = c.kc.session.key
    c.kc.session.key = b"wrong"
    c.kc.kernel_info()
    c.kc.session.key = right
    try:
        c.kc.get_shell_msg(timeout=2)
        raise AssertionError("answered a forged message")
    except queue.Empty:
        pass
    assert c.value("1") == "1"


def flood(c):
    reply, outputs = c.run('for (int i = 0; i < 1_000_000; i++) Console.WriteLine("flood");')
    assert reply["status"] == "ok" and 100_000 < len(text(outputs)) < 300_000
    assert "output cut" in text(outputs, "stderr")


TIMES = 1
if __name__ == "__main__":
    if len(sys.argv) > 3:
        TIMES = int(sys.argv[3])
    client = Client(sys.argv[1])
    try:
        for case in sys.argv[2].split(","):
            globals()[case](client)
    finally:
        client.close()
    print("passed")
