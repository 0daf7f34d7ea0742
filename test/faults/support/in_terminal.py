"""Runs a command under a pseudo terminal: in_terminal.py '[["what the screen shows", "what is typed then"], ...]' CMD ARGS...

The first of each pair is a regular expression. Prints what the terminal got, then the exit status.
"""

import fcntl
import json
import os
import pty
import re
import select
import struct
import sys
import termios

typed = json.loads(sys.argv[1])
pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])

fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
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
    while typed and re.search(typed[0][0].encode(), output):
        os.write(fd, typed.pop(0)[1].encode())
_, status = os.waitpid(pid, 0)
sys.stdout.buffer.write(output)
code = f"exit {os.WEXITSTATUS(status)}" if os.WIFEXITED(status) else f"signal {os.WTERMSIG(status)}"
print(f"\n[[{code}]]")
