#!/usr/bin/env python3
"""Measures the errors of bf16 or int8 in this project and of PyTorch's autocast, each against its own float32.

precision.py [--models da3-base,da3-small] [--precision bf16|int8] PHOTO...

Both sides read one checkpoint of seeded weights and the same 378x504 pixels, each photo by itself. Errors are
relative L2 over all photos: of depth, of confidence, and of the camera (3x4 world-to-camera and two fields of view).
Needs a Python with torch, safetensors and cv2, and ./da3 on a processor with instructions for the precision.
"""
import argparse
import pathlib
import subprocess
import tempfile

import cv2
import numpy as np
import torch
from da3_torch import Da3, load

COMMAND = pathlib.Path(__file__).resolve().parent.parent.parent / "da3"
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
PARTS = ("depth", "confidence", "pose")
HEIGHT, WIDTH = 378, 504


def run(*arguments):
    subprocess.run([str(a) for a in (COMMAND, *arguments)], check=True, capture_output=True)


def fitted(photo, folder):
    """Returns the center of a photo at the processing size, so that processing changes no pixel."""
    image = cv2.imread(str(photo))
    height, width = image.shape[:2]
    columns, rows = min(width, height * WIDTH // HEIGHT), min(height, width * HEIGHT // WIDTH)
    y, x = (height - rows) // 2, (width - columns) // 2
    image = cv2.resize(image[y : y + rows, x : x + columns], (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    path = folder / f"{photo.stem}.png"
    cv2.imwrite(str(path), image)
    return path, image[..., ::-1]


def ours(checkpoint, photo, precision, folder):
    out = folder / precision
    run("image", photo, "--model", checkpoint, "--engine", "onednn", "--precision", precision, "--export-format", "npz",
        "--export-dir", out, "--overwrite", "--quiet")
    result = np.load(out / "exports" / "npz" / "results.npz")
    k = result["intrinsics"][0]
    fields = [2 * np.arctan(HEIGHT / 2 / k[1, 1]), 2 * np.arctan(WIDTH / 2 / k[0, 0])]
    pose = np.concatenate([result["extrinsics"][0, :3].ravel(), fields])
    return result["depth"][0], result["conf"][0], pose


def peer(model, pixels, precision):
    image = torch.from_numpy((pixels / 255.0 - MEAN) / DEVIATION).float().permute(2, 0, 1)[None]
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=precision == "bf16"):
        depth, confidence, _, _, encoding = (t.double().numpy()[0] for t in model(image))
    x, y, z, w = encoding[3:7] / np.linalg.norm(encoding[3:7])
    rotation = np.array([  # camera-to-world
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)]])
    extrinsics = np.column_stack([rotation.T, -rotation.T @ encoding[:3]])
    # exports contain confidence with two decimals, as in the reference
    return depth, np.round(confidence, 2), np.concatenate([extrinsics.ravel(), encoding[7:9]])


def error(actual, expected):
    """Relative L2 over the photos, part by part."""
    joined = [[np.concatenate([np.ravel(r[i]) for r in side]).astype(np.float64) for side in (actual, expected)]
              for i in range(len(PARTS))]
    return [np.linalg.norm(a - e) / np.linalg.norm(e) for a, e in joined]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", default="da3-base,da3-small")
    parser.add_argument("--precision", default="bf16", choices=("bf16", "int8"))
    parser.add_argument("photos", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    torch.set_num_threads(2)
    print(f"{'model':<11}{'of':<12}{'ours':>10}{'autocast':>10}{'ratio':>7}{'ours to PyTorch, float32':>26}")
    for preset in options.models.split(","):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            checkpoint = folder / "model.safetensors"
            run("model", "convert", f"seeded:{preset}", checkpoint)
            model = Da3(preset).eval()
            load(model, checkpoint)
            sides = {side: [] for side in ("ours32", "reduced", "peer32", "peer16")}
            for photo in options.photos:
                photo, pixels = fitted(photo, folder)
                sides["ours32"].append(ours(checkpoint, photo, "fp32", folder))
                sides["reduced"].append(ours(checkpoint, photo, options.precision, folder))
                sides["peer32"].append(peer(model, pixels, "fp32"))
                sides["peer16"].append(peer(model, pixels, "bf16"))
        mine = error(sides["reduced"], sides["ours32"])
        theirs = error(sides["peer16"], sides["peer32"])
        apart = error(sides["ours32"], sides["peer32"])
        for part, m, t, a in zip(PARTS, mine, theirs, apart):
            print(f"{preset:<11}{part:<12}{m:>10.2e}{t:>10.2e}{m / t:>7.2f}{a:>26.1e}", flush=True)


if __name__ == "__main__":
    main()
