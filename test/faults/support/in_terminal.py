"""Runs a command under a pseudo terminal: in_terminal.py '[[seconds, "text to type"], ...]' CMD ARGS...; prints what the terminal got, then the exit status."""

import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios
import time

typed = json.loads(sys.argv[1])
pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])

fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
start = time.monotonic()
output = b""
while True:
    ready, _, _ = select.select([fd], [], [], 0.05)
    if ready:
        try:
            data = os.read(fd, 65536)
        except OSError:
            break
        if not data:
            break
        output += data
    while typed and time.monotonic() - start >= typed[0][0]:
        os.write(fd, typed.pop(0)[1].encode())
_, status = os.waitpid(pid, 0)
sys.stdout.buffer.write(output)
code = f"exit {os.WEXITSTATUS(status)}" if os.WIFEXITED(status) else f"signal {os.WTERMSIG(status)}"
print(f"\n[[{code}]]")
