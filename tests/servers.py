"""Servers of their own process, as visitors meet them: in a thread, a client that holds the lock waits for ever."""

import socket
import subprocess
import sys

TONGCHENG = ("-c", "from geo.cli.main import main; main()", "serve")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A server that can be stopped and started again at its address."""

    def __init__(self, catalogue_file, *, program=TONGCHENG, **environment):
        self.port = free_port()
        self.catalogue_file = catalogue_file
        self.program = program
        self.environment = environment
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self):
        command = [sys.executable, *self.program, "--port", str(self.port)]
        self.process = subprocess.Popen(
            [*command, "--catalogue", str(self.catalogue_file)],
            stderr=subprocess.PIPE,
            text=True,
            env={"PATH": "/usr/bin:/bin", **self.environment},
        )
        said = []
        while "http://" not in "".join(said[-1:]):  # said once the port is open
            said.append(self.process.stderr.readline())
            assert said[-1], said

    def stop(self):
        self.process.terminate()
        self.process.communicate(timeout=20)
        assert self.process.returncode == 0
