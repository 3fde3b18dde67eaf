"""Kills writers at random moments: ROOT KILLS SEED. Prints how many were killed in the middle.

Two writers step through generations without rest. Each checks, as soon as it has the lock, that
the workspace is in one generation, whatever became of the writer before it.
"""

import os
import random
import signal
import sys
import time
import traceback
from pathlib import Path

from plainwork.storage.apply import writing
from storage.processes.generations import plan_next_generation, read_generation

WRITERS = 2
LONGEST_LIFE = 0.03


def main(root: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    undone = os.open(root.parent / "undone", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    writers = [fork_writer(root, undone) for _ in range(WRITERS)]
    try:
        for _ in range(kills):
            time.sleep(chance.uniform(0, LONGEST_LIFE))
            victim = chance.randrange(WRITERS)
            end(writers[victim])
            writers[victim] = fork_writer(root, undone)
    finally:
        for writer in writers:
            end(writer)
    with writing(root, patience=0) as last:
        os.write(undone, b"." * bool(last.notes))
        read_generation(root)
    print(os.fstat(undone).st_size)


def fork_writer(root: Path, undone: int) -> int:
    process = os.fork()
    if process:
        return process
    try:
        while True:
            with writing(root, patience=120) as writer:
                os.write(undone, b"." * bool(writer.notes))
                writer.apply(plan_next_generation(root))
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def end(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    if not os.WIFSIGNALED(status):
        sys.exit("a writer failed")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
