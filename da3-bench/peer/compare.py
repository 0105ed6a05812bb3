#!/usr/bin/env python3
"""Runs ./da3 bench and the PyTorch peer in turn on the same work and prints ratios.

compare.py [--rounds 7] [--repeats 3] [--rows base-1,small-8,...] [--engine onednn]

Every round starts both sides as new processes, ours first in even rounds, the peer first in odd ones. A side's figure
for a round is the median of its own repeats; the table shows the median over rounds, and the largest peak
of resident memory. Needs a Python with torch; nothing else may run on the machine.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
COMMAND = HERE.parent.parent / "da3"
ROWS = {  # preset, views, outputs beyond depth, precision
    "base-1": ("da3-base", 1, "depth,camera", "fp32"),
    "base-4": ("da3-base", 4, "depth,camera", "fp32"),
    "small-1": ("da3-small", 1, "depth,camera", "fp32"),
    "small-8": ("da3-small", 8, "depth,camera", "fp32"),
    "large-2": ("da3-large", 2, "depth,camera", "fp32"),
    "base-1-rays": ("da3-base", 1, "depth,camera,rays", "fp32"),
    "base-1-bf16": ("da3-base", 1, "depth,camera", "bf16"),
}
HEIGHT, WIDTH = 378, 504


def ours(preset, views, outputs, precision, engine, repeats):
    command = [COMMAND, "bench", "--model", f"seeded:{preset}", "--views", views, "--size", f"{HEIGHT}x{WIDTH}",
               "--outputs", outputs, "--repeats", repeats, "--threads", 2, "--json"]
    if engine:
        command += ["--engine", engine]
    if precision == "bf16":
        command += ["--precision", "bf16"]
    out = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout
    result = json.loads(out.strip().splitlines()[-1])
    return result["medianMillis"] / 1e3, result["peakResidentBytes"] / 1e9


def peer(preset, views, precision, repeats):
    command = [sys.executable, HERE / "perf.py", preset, views, HEIGHT, WIDTH, precision, repeats]
    out = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout
    median, _, peak = map(float, out.split())
    return median, peak


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--rows", default=",".join(ROWS))
    parser.add_argument("--engine", default="")
    options = parser.parse_args()
    print(f"{'work':<14}{'ours s':>9}{'peer s':>9}{'ahead':>8}{'ours GB':>9}{'peer GB':>9}", flush=True)
    for name in options.rows.split(","):
        preset, views, outputs, precision = ROWS[name]
        sides = {"ours": [], "peer": []}
        for i in range(options.rounds):
            for side in ("ours", "peer") if i % 2 == 0 else ("peer", "ours"):
                sides[side].append(
                    ours(preset, views, outputs, precision, options.engine, options.repeats)
                    if side == "ours"
                    else peer(preset, views, precision, options.repeats))
        time = {side: statistics.median(t for t, _ in runs) for side, runs in sides.items()}
        peak = {side: max(m for _, m in runs) for side, runs in sides.items()}
        print(f"{name:<14}{time['ours']:>9.3f}{time['peer']:>9.3f}{time['peer'] / time['ours']:>7.2f}x"
              f"{peak['ours']:>9.2f}{peak['peer']:>9.2f}", flush=True)


if __name__ == "__main__":
    main()
