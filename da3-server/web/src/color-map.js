import { quantile, sorted } from "./quantile.js";

// ColorBrewer's Spectral scheme of eleven colors, interpolated linearly to 256: near is red, far is blue.
const ANCHORS = [
  [158, 1, 66], [213, 62, 79], [244, 109, 67], [253, 174, 97], [254, 224, 139], [255, 255, 191],
  [230, 245, 152], [171, 221, 164], [102, 194, 165], [50, 136, 189], [94, 79, 162],
];
const TABLE = new Uint8Array(256 * 3);
const NO_DEPTH = 40; // gray level
const SPACING = 255 / (ANCHORS.length - 1);
for (let i = 0; i < 256; i++) {
  const upper = Math.max(1, Math.ceil(i / SPACING));
  const blend = i / SPACING - (upper - 1);
  for (let c = 0; c < 3; c++) TABLE[3 * i + c] = ANCHORS[upper - 1][c] + (ANCHORS[upper][c] - ANCHORS[upper - 1][c]) * blend;
}

/** Returns the depths at the two ends of the color scale: the 2nd and 98th percentiles of the inverse depths. */
export function depthRange(depth) {
  const inverse = sorted(depth, d => d > 0 && d < Infinity).map(d => 1 / d).reverse();
  return { near: 1 / quantile(inverse, 0.98), far: 1 / quantile(inverse, 0.02) };
}

/** Returns depth as an RGBA image. Pixels without depth are gray, which is not a color of the map. */
export function depthPicture(depth, width, height, { near, far }) {
  const image = new ImageData(width, height);
  const low = 1 / far;
  const span = 1 / near - low || 2e-6; // for constant depth
  for (let i = 0; i < depth.length; i++) {
    const d = depth[i];
    const hasDepth = d > 0 && d < Infinity;
    const nearness = Math.min(1, Math.max(0, (1 / d - low) / span));
    const step = Math.min(255, Math.floor((1 - nearness) * 256)); // as in depth_vis files
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = hasDepth ? TABLE[3 * step + c] : NO_DEPTH;
    image.data[4 * i + 3] = 255;
  }
  return image;
}
