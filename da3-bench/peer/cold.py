#!/usr/bin/env python3
"""Times whole commands from a cold start: `./da3 image` and image.py in turn, on the same photo and checkpoint.

cold.py PHOTO [--preset da3-small] [--rounds 9] [--formats npz all] [--keep FOLDER]

The checkpoint contains seeded weights, written by `./da3 model convert`; both sides read it, and the photo, from the page
cache. Each round starts both sides as new processes, ours first in even rounds, the peer first in odd ones, after one
untimed round. `npz` writes depth, confidence and camera; `all` also a point cloud and pictures. The last column is
the difference between the depths of both sides. Needs a Python with torch, safetensors and cv2; nothing else may run on the machine.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
COMMAND = HERE.parent.parent / "da3"


def timed(command):
    """Returns wall-clock seconds, CPU seconds and peak resident GB of a process and its children."""
    start = time.perf_counter()
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[0]} failed: {errors.decode()}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1e6


def ours(photo, checkpoint, preset, out, formats):
    command = [COMMAND, "image", photo, "--model", checkpoint, "--export-dir", out, "--threads", 2, "--overwrite"]
    return command + (["--export-format", "mini_npz"] if formats == "npz" else [])


def peer(photo, checkpoint, preset, out, formats):
    return [sys.executable, HERE / "image.py", photo, checkpoint, preset, out, formats]


def depth(out):
    return np.load(out / "exports" / "mini_npz" / "results.npz")["depth"].astype(np.float64)


def compare(photo, checkpoint, preset, formats, rounds, folder):
    sides = {"ours": ours, "peer": peer}
    runs = {side: [] for side in sides}
    for i in range(rounds + 1):
        for side in list(sides) if i % 2 == 0 else reversed(list(sides)):
            run = timed(sides[side](photo, checkpoint, preset, folder / side, formats))
            if i > 0:
                runs[side].append(run)
    wall, processors, peak = ({side: pick([run[k] for run in runs[side]]) for side in sides}
                              for k, pick in enumerate((statistics.median, statistics.median, max)))
    least = {side: min(run[0] for run in runs[side]) for side in sides}
    a, b = depth(folder / "ours"), depth(folder / "peer")
    difference = np.linalg.norm(a - b) / np.linalg.norm(b)
    print(f"| {preset}, {formats} | {wall['ours']:.2f} s ({least['ours']:.2f}) | {wall['peer']:.2f} s ({least['peer']:.2f}) "
          f"| {wall['peer'] / wall['ours']:.2f}x | {processors['ours']:.2f} s | {processors['peer']:.2f} s "
          f"| {peak['ours']:.2f} GB | {peak['peer']:.2f} GB | {difference:.1e} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photo", type=pathlib.Path)
    parser.add_argument("--preset", default="da3-small")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--formats", nargs="+", choices=("npz", "all"), default=("npz", "all"))
    parser.add_argument("--keep", type=pathlib.Path, help="folder for the checkpoint and the results; else they go")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        checkpoint = folder / f"{options.preset}.safetensors"
        if not checkpoint.exists():
            timed([COMMAND, "model", "convert", f"seeded:{options.preset}", checkpoint])
        print("| work | ours, median (best) | PyTorch, median (best) | ahead | our CPU | PyTorch's CPU | our memory "
              "| PyTorch's | depths differ by |", flush=True)
        print("|---" * 9 + "|", flush=True)
        for formats in options.formats:
            compare(options.photo, checkpoint, options.preset, formats, options.rounds, folder)


if __name__ == "__main__":
    main()
