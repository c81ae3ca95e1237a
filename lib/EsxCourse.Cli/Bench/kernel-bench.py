"""A Jupyter kernel's speed, as a client sees it: through Debian's jupyter_client, the same script for every kernel.

usage: kernel-bench.py start KERNELS_FOLDER NAME FIRST_CELL          seconds from the start to the end of the first cell
       kernel-bench.py session KERNELS_FOLDER NAME CELL COUNT        COUNT cells, each CELL with its number for {0}
       kernel-bench.py interrupt KERNELS_FOLDER NAME TIMES CELL...   milliseconds from the interrupt to the reply
Prints one JSON document. An empty folder name means Jupyter's own folders.
"""
import json
import os
import sys
import time

from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager

WAIT = 120
MODE, FOLDER, NAME = sys.argv[1:4]


def start():
    specs = KernelSpecManager(kernel_dirs=[FOLDER], ensure_native_kernel=False) if FOLDER else KernelSpecManager()
    manager = KernelManager(kernel_name=NAME, kernel_spec_manager=specs)
    manager.start_kernel()
    client = manager.blocking_client()
    client.start_channels()
    client.wait_for_ready(timeout=WAIT)
    return manager, client


def run(client, code):
    """Runs a cell to its idle message; what a page shows is complete only then."""
    request = client.execute(code)
    while True:
        message = client.get_iopub_msg(timeout=WAIT)
        if message["parent_header"].get("msg_id") == request and message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            break
    return reply(client, request)


def reply(client, request):
    while True:
        message = client.get_shell_msg(timeout=WAIT)
        if message["parent_header"].get("msg_id") == request:
            return message["content"]


def must(content):
    if content["status"] != "ok":
        raise SystemExit("\n".join(content.get("traceback", [str(content)])))


def resident(process):
    """Megabytes in memory of a process and all below it."""
    with open(f"/proc/{process}/status") as status:
        size = next((int(line.split()[1]) / 1000 for line in status if line.startswith("VmRSS")), 0)
    with open(f"/proc/{process}/task/{process}/children") as children:
        below = children.read().split()
    for task in os.listdir(f"/proc/{process}/task"):
        if int(task) != process:
            with open(f"/proc/{process}/task/{task}/children") as children:
                below += children.read().split()
    return size + sum(resident(int(child)) for child in below)


begin = time.perf_counter()
manager, client = start()
try:
    if MODE == "start":
        must(run(client, sys.argv[4]))
        result = time.perf_counter() - begin
    elif MODE == "session":
        cell, count = sys.argv[4], int(sys.argv[5])
        milliseconds, megabytes = [], None
        for number in range(count):
            before = time.perf_counter()
            must(run(client, cell.replace("{0}", str(number))))
            milliseconds.append((time.perf_counter() - before) * 1000)
            if number == 299:
                megabytes = resident(manager.provisioner.pid)
        result = {"milliseconds": milliseconds, "megabytesAfter300": megabytes}
    else:
        milliseconds = []
        for code in sys.argv[5:]:
            for _ in range(int(sys.argv[4])):
                request = client.execute('Console.Write("go");\n' + code)
                while True:
                    message = client.get_iopub_msg(timeout=WAIT)
                    if message["msg_type"] == "stream" and message["content"]["text"] == "go":
                        break
                before = time.perf_counter()
                manager.interrupt_kernel()
                if reply(client, request)["status"] != "error":
                    raise SystemExit(f"not interrupted: {code}")
                milliseconds.append((time.perf_counter() - before) * 1000)
        result = milliseconds
    print(json.dumps(result))
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
