"""A kernel of ours, started through Debian's jupyter_client, and what it says, sorted by request. Used by the cases beside it."""
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

    def control(self, kind, content):
        """Asks on the control channel."""
        msg = self.kc.session.msg(kind, content)
        self.kc.control_channel.send(msg)
        while True:
            reply = self.kc.get_control_msg(timeout=WAIT)
            if reply["parent_header"].get("msg_id") == msg["header"]["msg_id"]:
                return reply["content"]

    def wait_for_text(self, wanted):
        """Waits until the running cell has printed that."""
        seen = ""
        while wanted not in seen:
            seen += text([self.kc.get_iopub_msg(timeout=WAIT)])

    def value(self, code):
        reply, outputs = self.run(code)
        assert reply["status"] == "ok", reply
        return [o["content"]["data"]["text/plain"] for o in outputs if o["msg_type"] == "execute_result"][0]

    def close(self):
        self.kc.stop_channels()
        self.manager.shutdown_kernel(now=False)


def text(outputs, name="stdout"):
    return "".join(o["content"]["text"] for o in outputs if o["msg_type"] == "stream" and o["content"]["name"] == name)


def main(cases, arguments):
    """Runs the cases named by the second argument, one kernel for all of them: FOLDER CASE,CASE…; prints "passed" at the end."""
    client = Client(arguments[1])
    try:
        for case in arguments[2].split(","):
            cases[case](client)
    finally:
        client.close()
    print("passed")
