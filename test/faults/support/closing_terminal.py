"""Runs a command in a pseudo terminal, passes on what it says, and closes the terminal on SIGUSR1; ends as the command ends."""

import os
import pty
import signal
import sys

pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])

wanted = []
signal.signal(signal.SIGUSR1, lambda *_: (wanted.append(True), os.close(terminal)))
while not wanted:
    try:
        os.write(1, os.read(terminal, 65536))
    except OSError:
        break
_, status = os.waitpid(pid, 0)
if os.WIFSIGNALED(status):
    signal.signal(os.WTERMSIG(status), signal.SIG_DFL)
    os.kill(os.getpid(), os.WTERMSIG(status))
sys.exit(os.WEXITSTATUS(status))
