"""The kernel's processes: many at once, where they listen, and that a SIGKILL anywhere leaves none behind.

usage: processes.py KERNELS_FOLDER CASE [TIMES]      prints "passed" or fails with a traceback; started by KernelProcessTests.cs
"""
import os
import signal
import subprocess
import sys
import threading
import time

from client import Client

# A cell that leaves two programs running: one of its own, one that has taken leave of its parents.
STARTS_PROGRAMS = """
var child = System.Diagnostics.Process.Start("sleep", "999");
var far = System.Diagnostics.Process.Start("sh", "-c \\"setsid sleep 998 & exec sleep 997\\"");
int kept = 1;
Environment.ProcessId
"""


def parents():
    """The parent of every process that is not a zombie, by process id."""
    found = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as file:
                state, parent = file.read().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            found[int(name)] = int(parent)
    return found


def below(root):
    """A process and all that came from it."""
    tree, size = {root}, 0
    while len(tree) > size:
        size = len(tree)
        tree |= {child for child, parent in parents().items() if parent in tree}
    return tree


def expect_gone(processes, what):
    end = time.time() + 5
    while left := set(processes) & set(parents()):
        if time.time() > end:
            names = {p: open(f"/proc/{p}/cmdline").read().replace("\0", " ") for p in left if os.path.exists(f"/proc/{p}")}
            raise AssertionError(f"five seconds after the end of {what} there still run {names}")
        time.sleep(0.05)


def kernel_of(client):
    return client.manager.provisioner.process.pid


def wait_for_sleepers(root):
    """The three programs of the cell, seen in /proc before anything is killed."""
    end = time.time() + 20
    while time.time() < end:
        tree = below(root)
        commands = [open(f"/proc/{p}/cmdline").read() for p in tree if os.path.exists(f"/proc/{p}")]
        if sum(command.startswith("sleep\0") for command in commands) == 3:
            return tree
        time.sleep(0.05)
    raise AssertionError(f"the cell's programs do not run: {commands}")


def killed_kernel(folder, _):
    client = Client(folder)
    try:
        client.run(STARTS_PROGRAMS)
        tree = wait_for_sleepers(kernel_of(client))
        assert len(tree) >= 5, tree
        os.kill(kernel_of(client), signal.SIGKILL)
        client.manager.provisioner.process.wait()
        expect_gone(tree, "the kernel")
    finally:
        client.close()


def killed_session(folder, _):
    """The kernel says so in the cell, starts anew, and what the dead session had started is ended."""
    client = Client(folder)
    try:
        session = int(client.value(STARTS_PROGRAMS))
        tree = wait_for_sleepers(kernel_of(client))
        msg_id = client.kc.execute('Console.Write("go"); while (true) { }')
        client.wait_for_text("go")
        os.kill(session, signal.SIGKILL)
        reply = client.reply(msg_id)
        assert reply["ename"] == "Killed" and "signal 9" in reply["evalue"], reply
        expect_gone(tree - {kernel_of(client)}, "the session")
        assert client.run("kept")[0]["status"] == "error"
        assert client.value("1 + 1") == "2"
    finally:
        client.close()


def killed_client(folder, _):
    """The client is a process of its own here, so that it can be killed."""
    code = f"""
import sys, time
sys.path.insert(0, {os.path.dirname(os.path.abspath(__file__))!r})
from client import Client
c = Client({folder!r})
c.run({STARTS_PROGRAMS!r})
c.kc.execute("while (true) {{ }}")
print(c.manager.provisioner.process.pid, flush=True)
time.sleep(600)
"""
    client = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        kernel = int(client.stdout.readline())
        tree = wait_for_sleepers(kernel)
    finally:
        client.kill()
        client.wait()
    expect_gone(tree, "the client")


def orderly_end(folder, _):
    client = Client(folder)
    try:
        client.run(STARTS_PROGRAMS)
        tree = wait_for_sleepers(kernel_of(client))
    finally:
        client.close()
    expect_gone(tree, "an orderly shutdown")


def listening(processes):
    """The addresses on which processes listen, by way of the sockets that they hold."""
    held = set()
    for process in processes:
        for fd in os.listdir(f"/proc/{process}/fd"):
            try:
                held.add(os.readlink(f"/proc/{process}/fd/{fd}"))
            except OSError:
                pass
    found = set()
    for table in ("tcp", "tcp6", "udp", "udp6"):
        with open(f"/proc/net/{table}") as file:
            for line in file.readlines()[1:]:
                local, _, state, inode = (line.split()[i] for i in (1, 2, 3, 9))
                if f"socket:[{inode}]" in held and (state == "0A" or table.startswith("udp")):
                    address, port = local.split(":")
                    found.add((table, address, int(port, 16)))
    return found


def listens(folder, _):
    """On the five ports of the connection file, on 127.0.0.1, and nowhere else, in none of its processes."""
    client = Client(folder)
    try:
        client.run("1")
        ports = [getattr(client.kc, name + "_port") for name in ("shell", "control", "iopub", "stdin", "hb")]
        found = listening(below(kernel_of(client)))
        assert found == {("tcp", "0100007F", port) for port in ports}, found
    finally:
        client.close()


def together(folder, times):
    """Four kernels started at once, so many times."""
    for n in range(times):
        failures = []

        def start(number):
            try:
                client = Client(folder)
                try:
                    assert client.value(f"{number} * 2") == str(number * 2)
                finally:
                    client.close()
            except BaseException as fault:  # Whatever a thread meets, the main one tells.
                failures.append(f"round {n}, kernel {number}: {fault!r}")
        threads = [threading.Thread(target=start, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures, failures


if __name__ == "__main__":
    globals()[sys.argv[2]](sys.argv[1], int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    print("passed")
