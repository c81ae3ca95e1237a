"""The kernel through Debian's jupyter_client: each message type, with what a kernel that merely answers "ok" would get wrong.

usage: messages.py KERNELS_FOLDER CASE,CASE      prints "passed" or fails with a traceback; started by ProtocolTests.cs
"""
import os
import queue
import sys
import time

import zmq

from client import WAIT, main, text


# --- what the kernel says of itself -------------------------------------------------------------------------------------------------

def kernel_info(c):
    msg_id = c.kc.kernel_info()
    info = c.reply(msg_id)
    assert info["status"] == "ok" and info["protocol_version"] == "5.4" and info["implementation"] == "esxcourse", info
    language = info["language_info"]
    assert (language["name"], language["file_extension"], language["mimetype"]) == ("C#", ".cs", "text/x-csharp"), info
    assert ".NET" in info["banner"] and info["implementation_version"][0].isdigit(), info
    # Between busy and idle, both in answer to this request, and on control the same as on shell.
    states = []
    while states[-1:] != ["idle"]:
        msg = c.kc.get_iopub_msg(timeout=WAIT)
        if msg["parent_header"].get("msg_id") == msg_id:
            states.append(msg["content"]["execution_state"])
    assert states == ["busy", "idle"], states
    assert c.control("kernel_info_request", {})["banner"] == info["banner"]


def heartbeat(c):
    """Echoes any bytes, also while a cell takes all there is."""
    socket = zmq.Context.instance().socket(zmq.REQ)
    socket.connect(f"tcp://{c.kc.ip}:{c.kc.hb_port}")

    def beat(payload):
        socket.send(payload)
        assert socket.poll(5000), "no heartbeat within five seconds"
        return socket.recv()

    for payload in (b"ping", os.urandom(1000), b""):
        assert beat(payload) == payload
    msg_id = c.kc.execute('Console.Write("go"); while (true) { }')
    c.wait_for_text("go")
    assert beat(b"busy") == b"busy"
    c.manager.interrupt_kernel()
    assert c.reply(msg_id)["ename"] == "Interrupted"
    socket.close(0)


# --- execute ------------------------------------------------------------------------------------------------------------------------

def execute(c):
    reply, outputs = c.run('int a = 6;\nConsole.WriteLine("hello");\na * 7')
    first = reply["execution_count"]
    assert reply["status"] == "ok" and reply["payload"] == [], reply
    assert [o["msg_type"] for o in outputs] == ["execute_input", "stream", "execute_result"], outputs
    assert outputs[0]["content"] == {"code": 'int a = 6;\nConsole.WriteLine("hello");\na * 7', "execution_count": first}, outputs[0]
    assert text(outputs) == "hello\n"
    assert outputs[2]["content"]["data"]["text/plain"] == "42" and outputs[2]["content"]["execution_count"] == first
    _, outputs = c.run('Console.Error.WriteLine("to the other")')
    assert text(outputs, "stderr") == "to the other\n" and text(outputs) == ""


def silent(c):
    """Runs, and says nothing: no input, no output, no result, no count, no history."""
    before, _ = c.run("int quiet = 1;")
    reply, outputs = c.run('quiet = 100; Console.WriteLine("x"); display(2); quiet', silent=True)
    assert reply["execution_count"] == before["execution_count"] and outputs == [], outputs
    reply, outputs = c.run("throw new Exception();", silent=True)
    assert reply["status"] == "error" and outputs == [], outputs
    assert c.value("quiet") == "100"


def store_history(c):
    before, _ = c.run("int stored = 1;")
    reply, outputs = c.run('stored = 7; "not to be stored"', store_history=False)
    assert reply["execution_count"] == before["execution_count"]
    assert outputs[-1]["content"]["data"]["text/plain"] == "not to be stored", outputs
    last = c.reply(c.kc.history(hist_access_type="tail", n=1))["history"]
    assert last == [[0, before["execution_count"], "int stored = 1;"]], last
    assert c.value("stored") == "7"


def stop_on_error(c):
    """A cell that fails takes with it what waits, unless it was said that it shall not."""
    c.run("int runs = 0;")
    ids = [c.kc.execute(code) for code in ("System.Threading.Thread.Sleep(500); throw new Exception();", "runs += 1;", "runs += 10;")]
    assert [c.reply(i)["status"] for i in ids] == ["error", "aborted", "aborted"]
    assert c.value("runs") == "0"
    ids = [c.kc.execute(code, stop_on_error=False) for code in ("System.Threading.Thread.Sleep(500); throw new Exception();", "runs += 1;")]
    assert [c.reply(i)["status"] for i in ids] == ["error", "ok"]
    assert c.value("runs") == "1"


def user_expressions(c):
    reply, _ = c.run("int n = 5;", user_expressions={"twice": "n * 2", "bad": "nothing", "thrown": "n / (n - 5)"})
    values = reply["user_expressions"]
    assert values["twice"] == {"status": "ok", "data": values["twice"]["data"], "metadata": {}} and values["twice"]["data"]["text/plain"] == "10", values
    assert values["bad"]["status"] == "error" and "CS0103" in values["bad"]["traceback"][0], values
    assert values["thrown"]["status"] == "error" and "DivideByZero" in values["thrown"]["ename"], values
    reply, _ = c.run("throw new Exception();", user_expressions={"twice": "n * 2"})
    assert reply["status"] == "error" and "twice" not in reply.get("user_expressions", {}), reply


def errors(c):
    """What went wrong, where, in the reply and on the page alike."""
    reply, outputs = c.run("int b = 1;\nint d = nothing;")
    cell = f"cell {reply['execution_count']}"
    assert reply["status"] == "error" and reply["ename"] == "CompileError", reply
    assert reply["traceback"][0].startswith(cell + ", line 2, column 9: error CS0103"), reply
    assert [o["msg_type"] for o in outputs] == ["execute_input", "error"]
    said = outputs[1]["content"]
    assert (said["ename"], said["evalue"], said["traceback"]) == (reply["ename"], reply["evalue"], reply["traceback"]), said
    reply, _ = c.run("void Inner()\n{\n    throw new InvalidOperationException(\"x\");\n}\nInner();")
    cell = f"cell {reply['execution_count']}"
    assert reply["ename"] == "System.InvalidOperationException" and reply["evalue"] == "x", reply
    assert reply["traceback"][0] == "System.InvalidOperationException: x", reply
    assert any("Inner" in line and line.endswith(f"{cell}, line 3") for line in reply["traceback"]), reply
    assert reply["traceback"][-1] == f"   at {cell}, line 5", reply
    assert not any("EsxCourse.Kernel" in line or "Submission#" in line for line in reply["traceback"]), reply
    reply, _ = c.run('throw new Exception("outer", new ArgumentException("inner"));')
    assert "inner" in "\n".join(reply["traceback"]), reply


# --- questions about code -----------------------------------------------------------------------------------------------------------

def is_complete(c):
    def ask(code):
        return c.reply(c.kc.is_complete(code))
    assert ask("1 + 1")["status"] == "complete"
    assert ask("int x = 1;\nx")["status"] == "complete"
    assert ask("#!mermaid\ngraph TD")["status"] == "complete"
    assert ask("if (true) {") == {"status": "incomplete", "indent": "    "}
    assert ask("class A {\n    void F() {") == {"status": "incomplete", "indent": "        "}
    assert ask("1 +")["status"] == "incomplete"
    assert ask("int int int )")["status"] == "invalid"


def complete(c):
    def ask(code, position=None):
        reply = c.reply(c.kc.complete(code, len(code) if position is None else position))
        assert reply["status"] == "ok", reply
        return reply
    c.run("var pages = new List<int> { 1 };")
    reply = ask("pages.Ad")
    assert reply["matches"][:2] == ["Add", "AddRange"] and (reply["cursor_start"], reply["cursor_end"]) == (6, 8), reply
    assert all(word.lower().startswith("ad") for word in reply["matches"]), reply
    types = {entry["text"]: entry for entry in reply["metadata"]["_jupyter_types_experimental"]}
    assert types["Add"]["type"] == "function" and "Add(int item)" in types["Add"]["signature"], types["Add"]
    assert "Select" in ask("pages.Sel")["matches"]
    assert "pages" in ask("pag")["matches"]
    assert ask("nothing_like_this")["matches"] == []
    assert "Max" in ask("Math.M")["matches"] and "Add" not in ask("Math.")["matches"]
    # In the middle of a line and of a cell; names of the same cell.
    assert "local" in ask("int local = 1;\nloc;\nint later = 2;", 18)["matches"]
    # Positions count characters of Unicode, not .NET's pairs.
    reply = ask('"\U0001f388".Len')
    assert reply["matches"] == ["Length"] and (reply["cursor_start"], reply["cursor_end"]) == (4, 7), reply
    assert "mermaid" in ask("#!mer")["matches"]


def inspect(c):
    def ask(code, position, detail=0):
        reply = c.reply(c.kc.inspect(code, position, detail))
        assert reply["status"] == "ok", reply
        return reply
    reply = ask("Math.Max(1, 2)", 7)
    shown = reply["data"]["text/plain"]
    assert reply["found"], reply
    for overload in ("double Math.Max(double val1, double val2)", "int Math.Max(int val1, int val2)"):
        assert overload in shown, shown
    assert "Returns the larger of two" in shown, shown  # The documentation, from the framework's XML.
    c.run("/// <summary>Counts pages.</summary>\nint Count(int from, string name) => from;")
    assert "int Count(int from, string name)" in ask("Count(1, null)", 2)["data"]["text/plain"]
    assert "List<int>" in ask("var here = new List<int>();\nhere", 30)["data"]["text/plain"]
    assert not ask("  ", 1)["found"] and ask("  ", 1)["data"] == {}
    assert not ask("unheard_of", 3)["found"]


# --- what was run -------------------------------------------------------------------------------------------------------------------

def history(c):
    """On a kernel of its own: the lines are counted."""
    for code in ("1", "22", "1", "333"):
        c.run(code)

    def ask(**options):
        return c.reply(c.kc.history(**options))["history"]
    assert ask(hist_access_type="tail", n=2, raw=True, output=False) == [[0, 3, "1"], [0, 4, "333"]]
    assert ask(hist_access_type="range", session=0, start=2, stop=4, raw=True, output=False) == [[0, 2, "22"], [0, 3, "1"]]
    assert ask(hist_access_type="search", pattern="1*", n=5, raw=True, output=False) == [[0, 1, "1"], [0, 3, "1"]]
    assert ask(hist_access_type="search", pattern="1*", n=5, unique=True, raw=True, output=False) == [[0, 3, "1"]]
    assert ask(hist_access_type="search", pattern="?2", n=5, raw=True, output=False) == [[0, 2, "22"]]
    assert ask(hist_access_type="tail", n=1, raw=True, output=True) == [[0, 4, ["333", "333"]]]


# --- comms, displays, input ---------------------------------------------------------------------------------------------------------

def comms(c):
    assert c.reply(c.kc.comm_info()) == {"status": "ok", "comms": {}}
    msg = c.kc.session.msg("comm_open", {"comm_id": "c-1", "target_name": "nobody", "data": {}})
    c.kc.shell_channel.send(msg)
    closed = c.outputs(msg["header"]["msg_id"])
    assert [(o["msg_type"], o["content"]["comm_id"]) for o in closed] == [("comm_close", "c-1")], closed


def displays(c):
    _, outputs = c.run('var d = display(HTML("<b>1</b>")); var e = display(HTML("<i>other</i>"));')
    shown, other = outputs[1:3]
    assert shown["msg_type"] == "display_data" and shown["content"]["data"]["text/html"] == "<b>1</b>", shown
    name = shown["content"]["transient"]["display_id"]
    assert name and name != other["content"]["transient"]["display_id"]
    _, outputs = c.run('d.Update(HTML("<b>2</b>"));')
    assert outputs[1]["msg_type"] == "update_display_data" and outputs[1]["content"]["transient"]["display_id"] == name
    assert outputs[1]["content"]["data"]["text/html"] == "<b>2</b>"


def clear_output(c):
    """In its place among the outputs, and with what was said about waiting."""
    _, outputs = c.run('Console.Write("a"); ClearOutput(true); Console.Write("b"); ClearOutput();')
    kinds = [(o["msg_type"], o["content"].get("wait", o["content"].get("text"))) for o in outputs[1:]]
    assert kinds == [("stream", "a"), ("clear_output", True), ("stream", "b"), ("clear_output", False)], kinds


def stdin(c):
    msg_id = c.kc.execute("var line = Console.ReadLine(); line.Length", allow_stdin=True)
    asked = c.kc.get_stdin_msg(timeout=WAIT)
    assert asked["msg_type"] == "input_request" and asked["content"] == {"prompt": "", "password": False}, asked
    assert asked["parent_header"]["msg_id"] == msg_id
    c.kc.input("seven..")
    assert c.reply(msg_id)["status"] == "ok"
    assert [o["content"]["data"]["text/plain"] for o in c.outputs(msg_id) if o["msg_type"] == "execute_result"] == ["7"]


def password(c):
    for code, hidden in (('var said = await GetInputAsync("Name?");', False), ('var secret = await GetPasswordAsync("Key?"); secret', True)):
        msg_id = c.kc.execute(code, allow_stdin=True)
        asked = c.kc.get_stdin_msg(timeout=WAIT)["content"]
        assert asked == {"prompt": "Key?" if hidden else "Name?", "password": hidden}, asked
        c.kc.input("s3cret")
        assert c.reply(msg_id)["status"] == "ok"
        assert "s3cret" not in str(c.outputs(msg_id)[1:])
    assert c.value("said + secret.GetClearTextPassword()") == "s3crets3cret"


def stdin_not_allowed(c):
    """Said in the cell at once, where an endless wait would say nothing."""
    for code in ("Console.ReadLine()", "Console.Read()", 'await GetPasswordAsync("Key?")'):
        reply, _ = c.run(code, allow_stdin=False)
        assert reply["status"] == "error" and "nobody to answer" in reply["evalue"], reply
    try:
        raise AssertionError(f"asked all the same: {c.kc.get_stdin_msg(timeout=0.2)}")
    except queue.Empty:
        pass


# --- what is no message -------------------------------------------------------------------------------------------------------------

def forged(c):
    """A message with a wrong signature is not answered and not carried out; the next, right one is."""
    c.run("int forgeries = 0;")
    right = c.kc.session.key
    c.kc.session.key = b"wrong"
    c.kc.kernel_info()
    c.kc.execute("forgeries++;")
    c.kc.session.key = right
    try:
        msg = c.kc.get_shell_msg(timeout=1)
        raise AssertionError(f"answered a forged message: {msg}")
    except queue.Empty:
        pass
    assert c.value("forgeries") == "0"


def malformed(c):
    """Whatever comes in on whatever socket, the kernel answers the next request."""
    session = c.kc.session
    context = zmq.Context.instance()

    def signed(*parts):
        return [b"<IDS|MSG>", session.sign(list(parts)), *parts]
    header = session.pack(session.msg_header("kernel_info_request"))
    frames = [
        [b""], [b"nonsense"], [b"<IDS|MSG>"], [b"<IDS|MSG>", b""], [b"<IDS|MSG>", b"0" * 64, b"{}", b"{}", b"{}", b"{}"],
        signed(b"{", b"{}", b"{}", b"{}"), signed(b"\xff\xfe", b"{}", b"{}", b"{}"), signed(b"[]", b"{}", b"{}", b"{}"), signed(b"null", b"1", b"{}", b"{}"),
        signed(b"{}", b"{}", b"{}", b"{}"), signed(b'{"msg_type": 7}', b"{}", b"{}", b"{}"), signed(header, b"{}", b"{}", b'{"a": 1, "a": 2}'),
        signed(header, b"{}", b"{}", b"[" * 5000), os.urandom(300).split(b"\x00") or [b""],
    ]
    for port in (c.kc.shell_port, c.kc.control_port, c.kc.stdin_port, c.kc.hb_port):
        socket = context.socket(zmq.DEALER)
        socket.connect(f"tcp://{c.kc.ip}:{port}")
        for parts in frames:
            socket.send_multipart(parts)
        socket.close(linger=2000)
    # Rightly signed, wrongly filled: an error for an answer.
    for kind, content in (("execute_request", {"code": 5}), ("complete_request", {"code": "x", "cursor_pos": "two"}), ("inspect_request", {"code": []}),
                          ("history_request", {"hist_access_type": 1, "n": "x"}), ("is_complete_request", {"code": {}})):
        msg = session.msg(kind, content)
        c.kc.shell_channel.send(msg)
        reply = c.reply(msg["header"]["msg_id"])
        assert reply["status"] == "error" and kind in reply["evalue"], (kind, reply)
    c.kc.shell_channel.send(session.msg("unheard_of_request", {}))
    c.kc.stdin_channel.send(session.msg("input_reply", {"value": 5}))
    assert c.value("40 + 2") == "42"
    assert c.manager.is_alive()


# --- stopping -----------------------------------------------------------------------------------------------------------------------

def interrupt_request(c):
    """On the control channel, answered while the cell runs; the cell ends, its kernel does not. With nothing to stop it is answered too."""
    c.run("int survivor = 41;")
    msg_id = c.kc.execute('Console.Write("go"); while (true) { }')
    c.wait_for_text("go")
    assert c.control("interrupt_request", {}) == {"status": "ok"}
    reply = c.reply(msg_id)
    assert (reply["status"], reply["ename"]) == ("error", "Interrupted"), reply
    assert c.control("interrupt_request", {}) == {"status": "ok"}
    assert c.value("survivor + 1") == "42"


def shutdown(c):
    """With restart the reply says so, the process ends, and a new one knows nothing; without, the process ends of itself."""
    c.run("int lost = 1;")
    old = c.value("Environment.ProcessId")
    c.manager.restart_kernel(now=False)
    c.kc.wait_for_ready(timeout=WAIT)
    reply, _ = c.run("lost")
    assert reply["status"] == "error" and reply["execution_count"] == 1, reply
    assert c.value("Environment.ProcessId") != old
    for restart in (True, False):
        assert c.control("shutdown_request", {"restart": restart}) == {"status": "ok", "restart": restart}
        end = time.time() + 10
        while c.manager.is_alive():
            assert time.time() < end, "the kernel does not end"
            time.sleep(0.05)
        if restart:
            c.manager.start_kernel()
            c.kc.wait_for_ready(timeout=WAIT)


if __name__ == "__main__":
    main(globals(), sys.argv)
