"""A lean Python program for the same work as `./da3 image`, to be timed as a whole process.

image.py PHOTO CHECKPOINT PRESET DIRECTORY [npz|all]

Writes depth, confidence and camera to exports/mini_npz/results.npz; `all` also writes the point cloud (scene.glb) and
the picture of depth next to the photo, which are the defaults of `./da3 image`. It imports nothing that it does not need,
does not initialize weights that are then overwritten, and computes no rays, since no output depends on them.
"""
import json
import pathlib
import struct
import sys

import cv2
import numpy as np
import torch
from da3_torch import Da3, load

LONGER_SIDE, PATCH, THREADS = 504, 14, 2
MEAN, DEVIATION = np.float32([0.485, 0.456, 0.406]), np.float32([0.229, 0.224, 0.225])
POINTS, LOWEST_PERCENTILE = 1_000_000, 40


def resized(rgb, width, height):
    if rgb.shape[:2] == (height, width):
        return rgb
    grows = width > rgb.shape[1] or height > rgb.shape[0]
    return cv2.resize(rgb, (width, height), interpolation=cv2.INTER_CUBIC if grows else cv2.INTER_AREA)


def processed(path):
    """The longer side to 504 pixels, then both to the nearest multiple of a patch."""
    rgb = cv2.cvtColor(cv2.imread(path, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)
    scale = LONGER_SIDE / max(rgb.shape[:2])
    height, width = (max(1, round(side * scale)) for side in rgb.shape[:2])
    rgb = resized(rgb, width, height)
    return resized(rgb, *(max(PATCH, int(side / PATCH + 0.5) * PATCH) for side in (width, height)))


def camera(encoding, height, width):
    """Translation, quaternion (x, y, z, w) and fields of view of a camera-to-world pose: K (3, 3), [R t] (3, 4)."""
    t, (x, y, z, w), (fy, fx) = encoding[:3], encoding[3:7] / np.linalg.norm(encoding[3:7]), encoding[7:]
    r = np.array([[1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
                  [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
                  [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)]])
    focal = [side / 2 / max(np.tan(angle / 2), 1e-6) for side, angle in ((width, fx), (height, fy))]
    k = np.array([[focal[0], 0, width / 2], [0, focal[1], height / 2], [0, 0, 1]])
    return k.astype(np.float32), np.column_stack([r.T, -r.T @ t]).astype(np.float32)


def write_npz(directory, depth, confidence, extrinsics, intrinsics):
    path = directory / "exports" / "mini_npz"
    path.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path / "results.npz", depth=np.round(depth, 8), conf=np.round(confidence, 2),
                        extrinsics=extrinsics[None], intrinsics=intrinsics[None])


def write_pictures(directory, rgb, depth):
    inverse = 1 / np.maximum(depth, 1e-6)
    low, high = np.percentile(inverse, (2, 98))
    gray = (np.clip((inverse - low) / max(high - low, 1e-12), 0, 1) * 255).astype(np.uint8)
    both = np.hstack([rgb[:, :, ::-1], cv2.applyColorMap(gray, cv2.COLORMAP_INFERNO)])
    (directory / "depth_vis").mkdir(exist_ok=True)
    for file in ("depth_vis/0000.jpg", "scene.jpg"):
        cv2.imwrite(str(directory / file), both)


def write_glb(directory, rgb, depth, confidence, extrinsics, intrinsics):
    """Points whose confidence is not among the lowest, colored, in glTF's axes."""
    height, width = depth.shape
    chosen = np.flatnonzero(confidence >= np.percentile(confidence, LOWEST_PERCENTILE))
    if len(chosen) > POINTS:
        chosen = np.random.default_rng(42).choice(chosen, POINTS, replace=False)
    pixels = np.stack([chosen % width, chosen // width, np.ones(len(chosen))])
    seen = np.linalg.inv(intrinsics) @ pixels * depth.reshape(-1)[chosen]
    points = ((extrinsics[:, :3].T @ (seen - extrinsics[:, 3:])).T * [1, -1, -1]).astype(np.float32)
    colors = np.column_stack([rgb.reshape(-1, 3)[chosen], np.full(len(chosen), 255, np.uint8)]).astype(np.uint8)
    data = points.tobytes() + colors.tobytes()
    views = [{"buffer": 0, "byteOffset": 0, "byteLength": points.nbytes},
             {"buffer": 0, "byteOffset": points.nbytes, "byteLength": colors.nbytes}]
    accessors = [{"bufferView": 0, "componentType": 5126, "count": len(points), "type": "VEC3",
                  "min": points.min(0).tolist(), "max": points.max(0).tolist()},
                 {"bufferView": 1, "componentType": 5121, "normalized": True, "count": len(points), "type": "VEC4"}]
    primitive = {"attributes": {"POSITION": 0, "COLOR_0": 1}, "mode": 0}
    text = json.dumps({"asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [0]}], "nodes": [{"mesh": 0}],
                       "meshes": [{"primitives": [primitive]}], "accessors": accessors, "bufferViews": views,
                       "buffers": [{"byteLength": len(data)}]}).encode()
    text += b" " * (-len(text) % 4)
    head = struct.pack("<4sIIII", b"glTF", 2, 28 + len(text) + len(data), len(text), 0x4E4F534A)
    (directory / "scene.glb").write_bytes(head + text + struct.pack("<II", len(data), 0x004E4942) + data)


def main(photo, checkpoint, preset, directory, formats="all"):
    torch.set_num_threads(THREADS)
    rgb = processed(photo)
    height, width = rgb.shape[:2]
    for layer in (torch.nn.Linear, torch.nn.Conv2d, torch.nn.ConvTranspose2d, torch.nn.LayerNorm):
        layer.reset_parameters = lambda self: None  # the checkpoint follows; a quarter the time of the meta device
    model = Da3(preset)
    load(model, checkpoint)
    image = torch.from_numpy(((rgb / np.float32(255) - MEAN) / DEVIATION).transpose(2, 0, 1)[None].copy())
    with torch.inference_mode():
        depth, confidence, encoding = (value.numpy() for value in model.eval()(image, rays=False))
    intrinsics, extrinsics = camera(encoding[0].astype(np.float64), height, width)
    directory = pathlib.Path(directory)
    write_npz(directory, depth, confidence, extrinsics, intrinsics)
    if formats == "all":
        write_glb(directory, rgb, depth[0], confidence[0], extrinsics, intrinsics)
        write_pictures(directory, rgb, depth[0])


if __name__ == "__main__":
    main(*sys.argv[1:])
