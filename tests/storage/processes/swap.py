"""Swaps a folder for a link and back without end, until it is killed: FOLDER TARGET."""

import sys
import time
from pathlib import Path

SHOWN = 0.001

if __name__ == "__main__":
    folder, target = map(Path, sys.argv[1:])
    aside = folder.with_name("aside")
    print("ready", flush=True)
    while True:
        folder.rename(aside)
        folder.symlink_to(target)
        time.sleep(SHOWN)
        folder.unlink()
        aside.rename(folder)
        time.sleep(SHOWN)
