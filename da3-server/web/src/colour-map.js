import { quantile, sorted } from "./quantile.js";

// The eleven-class Spectral scheme of ColorBrewer, blended linearly to 256 colours: near is red, far is blue.
const ANCHORS = [
  [158, 1, 66], [213, 62, 79], [244, 109, 67], [253, 174, 97], [254, 224, 139], [255, 255, 191],
  [230, 245, 152], [171, 221, 164], [102, 194, 165], [50, 136, 189], [94, 79, 162],
];
const TABLE = new Uint8Array(256 * 3);
const NO_DEPTH = 40; // a grey
const SPACING = 255 / (ANCHORS.length - 1);
for (let i = 0; i < 256; i++) {
  const upper = Math.max(1, Math.ceil(i / SPACING));
  const blend = i / SPACING - (upper - 1);
  for (let c = 0; c < 3; c++) TABLE[3 * i + c] = ANCHORS[upper - 1][c] + (ANCHORS[upper][c] - ANCHORS[upper - 1][c]) * blend;
}

/** The depths that the two ends of the colours stand for: 2nd and 98th percentile of the inverse depths. */
export function depthRange(depth) {
  const inverse = sorted(depth, d => d > 0 && d < Infinity).map(d => 1 / d).reverse();
  return { near: 1 / quantile(inverse, 0.98), far: 1 / quantile(inverse, 0.02) };
}

/** Depth as RGBA; where there is none, a grey that is no colour of the map. */
export function depthPicture(depth, width, height, { near, far }) {
  const image = new ImageData(width, height);
  const low = 1 / far;
  const span = 1 / near - low || 2e-6; // all depths alike
  for (let i = 0; i < depth.length; i++) {
    const d = depth[i];
    const there = d > 0 && d < Infinity;
    const nearness = Math.min(1, Math.max(0, (1 / d - low) / span));
    const step = Math.min(255, Math.floor((1 - nearness) * 256)); // as the depth_vis files look it up
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = there ? TABLE[3 * step + c] : NO_DEPTH;
    image.data[4 * i + 3] = 255;
  }
  return image;
}
