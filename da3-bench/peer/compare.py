#!/usr/bin/env python3
"""Runs ./da3 bench and other programs in turn on the same work and prints one table.

compare.py [--rows base-1,small-8-bf16,...] [--peers eager,compiled,onnx] [--rounds 7] [--repeats 3] [--size 378x504]
           [--warm-up SECONDS]

The peers are PyTorch in eager mode, PyTorch with torch.compile, and ONNX Runtime for Java on the model that
`./da3 model export` writes. A row is a preset, its number of views, and bf16 or int8 where it is not float32. The peers of
bf16 rows are PyTorch's; the peer of int8 rows is ONNX Runtime with dynamic quantization.

Every round starts each program as a new process, in an order that rotates from round to round. A figure of a round is
the median of its repeats; the table shows the median over rounds, and the largest peak of resident memory. Loading,
compilation, and runs during the first --warm-up seconds are not timed. All programs use 2 threads and compute depth,
confidence and camera; PyTorch also computes rays, as the reference does, and the others do in rows that say so. A program
that fails shows a dash, and its last line of errors follows the table.

Compiled code and exported models are kept in --cache for the next run. Needs a Python with torch, `mvn package -pl
da3-bench -am -DskipTests` for ONNX Runtime, and nothing else that runs on the machine.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
COMMAND = ROOT / "da3"
BENCHMARKS = ROOT / "da3-bench" / "target" / "benchmarks.jar"
THREADS = 2
ROWS = "base-1 base-4 small-1 small-8 large-2 tiny-1 base-1-rays".split()
ROWS += [f"{row}-{precision}" for precision in ("bf16", "int8") for row in ROWS[:6]]
PEERS = {"fp32": ("eager", "compiled", "onnx"), "bf16": ("eager", "compiled"), "int8": ("onnx",)}


class Row:
    """A preset, a number of views, the outputs beyond depth, and a precision."""

    def __init__(self, name):
        parts = name.split("-")
        self.name, self.preset, self.views = name, f"da3-{parts[0]}", int(parts[1])
        self.outputs = "depth,camera,rays" if "rays" in parts else "depth,camera"
        self.precision = parts[-1] if parts[-1] in PEERS else "fp32"


def run(command, **environment):
    """Returns the standard output of a command; raises CalledProcessError."""
    return subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True,
                          env=os.environ | environment).stdout


def ours(row, options):
    command = [COMMAND, "bench", "--model", f"seeded:{row.preset}", "--views", row.views, "--size", options.size,
               "--outputs", row.outputs, "--repeats", options.repeats, "--warm-up", options.warm_up, "--threads", THREADS, "--json"]
    command += ["--engine", options.engine] if options.engine else []
    command += ["--precision", row.precision] if row.precision != "fp32" else []
    result = json.loads(run(command).strip().splitlines()[-1])
    return result["medianMillis"] / 1e3, result["peakResidentBytes"] / 1e9


def eager(row, options, *flags):
    command = [sys.executable, HERE / "perf.py", row.preset, row.views, *options.size.split("x"), row.precision,
               options.repeats, "--warm-up", options.warm_up, *flags]
    median, _, peak = map(float, run(command, TORCHINDUCTOR_CACHE_DIR=str(options.cache / "inductor")).split())
    return median, peak


def compiled(row, options):
    return eager(row, options, "--compile")


def onnx(row, options):
    command = ["java", "-Xmx512m", "-XX:+UseSerialGC", "-cp", BENCHMARKS, "da3.bench.OnnxRuntimePeer",
               exported(row, options), options.repeats, THREADS, options.warm_up]
    median, _, peak = map(float, run(command).split())
    return median, peak


def exported(row, options):
    """Returns the ONNX file of a row, after exporting it unless it is newer than the exporter."""
    precision = ["--int8"] if row.precision == "int8" else []
    file = options.cache / "-".join([row.preset, str(row.views), options.size, row.outputs, *precision, ".onnx"])
    exporter = ROOT / "da3-cli" / "target" / "lib" / ".built"
    if not file.exists() or not exporter.exists() or file.stat().st_mtime < exporter.stat().st_mtime:
        run([COMMAND, "model", "export", f"seeded:{row.preset}", file, "--views", row.views, "--size", options.size,
             "--outputs", row.outputs, "--overwrite", *precision])
    return file


SIDES = {"ours": ours, "eager": eager, "compiled": compiled, "onnx": onnx}


def measure(row, options):
    """Returns the runs of each side, and the errors of the sides that failed."""
    sides = ["ours"] + [peer for peer in PEERS[row.precision] if peer in options.peers]
    runs, errors = {side: [] for side in sides}, {}
    if "compiled" in sides:
        attempt(compiled, row, argparse.Namespace(**vars(options) | {"repeats": 1, "warm_up": 0}), "compiled", errors)  # fills the cache
    for i in range(options.rounds):
        start = i % len(sides)
        for side in sides[start:] + sides[:start]:
            if side not in errors:
                result = attempt(SIDES[side], row, options, side, errors)
                runs[side] += [result] if result else []
    return {side: runs[side] for side in sides if side not in errors}, errors


def attempt(side, row, options, name, errors):
    try:
        return side(row, options)
    except subprocess.CalledProcessError as e:
        errors[name] = (e.stderr.strip().splitlines() or [f"exit status {e.returncode}"])[-1]
        return None


def line(row, runs):
    time = {side: statistics.median(t for t, _ in values) for side, values in runs.items()}
    peak = {side: max(m for _, m in values) for side, values in runs.items()}
    cells = [row.name]
    for side in SIDES:
        ahead = f" ({time[side] / time['ours']:.2f}x)" if side in time and side != "ours" and "ours" in time else ""
        cells.append(f"{time[side]:.3f} s{ahead}" if side in time else "-")
    cells += [f"{peak[side]:.2f}" if side in peak else "-" for side in SIDES]
    return "| " + " | ".join(cells) + " |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=lambda names: names.split(","), default=ROWS)
    parser.add_argument("--peers", type=lambda names: names.split(","), default=list(SIDES)[1:])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--warm-up", type=float, default=5)
    parser.add_argument("--size", default="378x504")
    parser.add_argument("--engine", default="")
    parser.add_argument("--cache", type=pathlib.Path, default=ROOT / "da3-bench" / "target" / "peers")
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    unknown = set(options.rows) - set(ROWS) | set(options.peers) - set(SIDES)
    if unknown:
        sys.exit(f"unknown: {', '.join(sorted(unknown))}; rows: {', '.join(ROWS)}; peers: {', '.join(list(SIDES)[1:])}")
    if "onnx" in options.peers and not BENCHMARKS.exists():
        sys.exit(f"{BENCHMARKS} does not exist; mvn package -pl da3-bench -am -DskipTests builds it")
    print("| work | " + " | ".join(SIDES) + " | " + " | ".join(f"{side} GB" for side in SIDES) + " |")
    print("|---" + "|---:" * (2 * len(SIDES)) + "|", flush=True)
    failures = []
    for row in map(Row, options.rows):
        runs, errors = measure(row, options)
        print(line(row, runs), flush=True)
        failures += [f"{row.name}: {side} failed: {error}" for side, error in errors.items()]
    print("\n".join(failures), file=sys.stderr)


if __name__ == "__main__":
    main()
