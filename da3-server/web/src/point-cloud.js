import { BufferAttribute, BufferGeometry, Points, ShaderMaterial } from "three";
import { toWorld, unprojectPixel } from "./camera.js";
import { quantile, sorted } from "./quantile.js";
import { thumbnail } from "./thumbnail.js";

const MAX_POINTS = 3_000_000; // about 24 bytes each on the GPU
const SKY_SHARE = 0.005; // a view has sky if at least this share of its pixels has the greatest depth

const OVERLAP = 1.5; // of adjacent points, since surfaces are seen at a slant

const VERTEX = `
  attribute vec4 shade; // red, green, blue, 1 for sky
  attribute float confidence;
  attribute float gap; // to the point of the adjacent pixel, in world units
  uniform float threshold, size, pixels;
  uniform bool noSky, noBlack, noWhite;
  varying vec3 vColor;
  void main() {
    bool black = all(lessThan(shade.rgb, vec3(16.0 / 255.0)));
    bool white = all(greaterThanEqual(shade.rgb, vec3(240.0 / 255.0)));
    if (confidence < threshold || (noSky && shade.a > 0.5) || (noBlack && black) || (noWhite && white)) {
      gl_Position = vec4(2.0, 2.0, 2.0, 1.0); // outside the view volume
      gl_PointSize = 0.0;
      return;
    }
    gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
    gl_PointSize = clamp(gap * size * pixels / gl_Position.w, 1.5, 32.0);
    vColor = shade.rgb;
  }`;
const FRAGMENT = `
  varying vec3 vColor;
  void main() {
    vec2 off = gl_PointCoord - 0.5;
    if (dot(off, off) > 0.27) discard;
    gl_FragColor = vec4(vColor, 1.0);
  }`;

/**
 * Returns the pixels of all views as points in world axes, with the colors of the images. Of more than `maxPoints` pixels,
 * a fixed random subset is used.
 */
export async function buildPointCloud(scene, maps, progress, maxPoints = MAX_POINTS) {
  const pixels = scene.views.reduce((sum, { width, height }) => sum + width * height, 0);
  const share = Math.min(1, maxPoints / pixels);
  const capacity = Math.ceil(pixels * share * 1.01) + 1000;
  const position = new Float32Array(3 * capacity);
  const shade = new Uint8Array(4 * capacity);
  const confidence = new Float32Array(capacity);
  const gap = new Float32Array(capacity);
  const thumbnails = [];
  let count = 0;
  let hasSky = false;
  for (let i = 0; i < scene.views.length; i++) {
    const { width, height, extrinsics, intrinsics } = scene.views[i];
    const [depth, certainty, image] = await Promise.all([maps.depth(i), maps.confidence(i), maps.pixels(i)]);
    thumbnails.push(thumbnail(image.canvas));
    const sky = skyDepth(depth);
    hasSky ||= sky < Infinity;
    const spread = OVERLAP / Math.sqrt(intrinsics[0] * intrinsics[1] * share);
    for (let p = 0; p < depth.length && count < capacity; p++) {
      const d = depth[p];
      if (!(d > 0 && d < Infinity) || share < 1 && chance(p, i) >= share) continue;
      const point = toWorld(extrinsics, unprojectPixel(intrinsics, p % width, Math.floor(p / width), d));
      position.set(point, 3 * count);
      shade.set(image.data.subarray(4 * p, 4 * p + 3), 4 * count);
      shade[4 * count + 3] = d >= sky ? 255 : 0;
      confidence[count] = certainty ? certainty[p] : 1;
      gap[count] = d * spread;
      count++;
    }
    progress((i + 1) / scene.views.length);
  }
  return { count, position: position.subarray(0, 3 * count), shade: shade.subarray(0, 4 * count), confidence: confidence.subarray(0, count), gap: gap.subarray(0, count), thumbnails, hasSky };
}

/** A point cloud whose threshold, point size and filters can change without rebuilding it. */
export class PointCloud {
  #cloud;
  #ascending;
  #filters = { noSky: false, noBlack: false, noWhite: false };

  constructor(cloud) {
    this.#cloud = cloud;
    this.#ascending = sorted(cloud.confidence);
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(cloud.position, 3));
    geometry.setAttribute("shade", new BufferAttribute(cloud.shade, 4, true));
    geometry.setAttribute("confidence", new BufferAttribute(cloud.confidence, 1));
    geometry.setAttribute("gap", new BufferAttribute(cloud.gap, 1));
    const uniforms = { threshold: 0, size: 1, pixels: 1, noSky: false, noBlack: false, noWhite: false };
    this.material = new ShaderMaterial({
      vertexShader: VERTEX, fragmentShader: FRAGMENT,
      uniforms: Object.fromEntries(Object.entries(uniforms).map(([name, value]) => [name, { value }])),
    });
    this.object = new Points(geometry, this.material);
    this.object.frustumCulled = false;
  }

  /** Hides the given percentage of points, those of lowest confidence. */
  setPercentile(percentile) {
    this.#set("threshold", percentile <= 0 ? -Infinity : quantile(this.#ascending, percentile / 100));
  }

  setSize(factor) {
    this.#set("size", factor);
  }

  setFilter(name, on) {
    this.#filters[name] = on;
    this.#set(name, on);
  }

  /** Sets how many pixels a length of 1 covers at a distance of 1. */
  setPixels(pixels) {
    this.#set("pixels", pixels);
  }

  /** Returns the points in world axes, (points, 3). */
  get position() {
    return this.#cloud.position;
  }

  /** Returns the number of points that pass the threshold and the filters. */
  shown() {
    let number = 0;
    for (let i = 0; i < this.#cloud.count; i++) if (this.isShown(i)) number++;
    return number;
  }

  /** Returns whether a point passes the threshold and the filters. */
  isShown(i) {
    const { confidence, shade } = this.#cloud;
    const { noSky, noBlack, noWhite } = this.#filters;
    const c = 4 * i;
    if (confidence[i] < this.material.uniforms.threshold.value || noSky && shade[c + 3] > 127) return false;
    const [r, g, b] = [shade[c], shade[c + 1], shade[c + 2]];
    return !(noBlack && r < 16 && g < 16 && b < 16 || noWhite && r >= 240 && g >= 240 && b >= 240);
  }

  #set(name, value) {
    this.material.uniforms[name].value = value;
  }
}

// Sky has one depth, behind everything else. Returns Infinity if there is none.
function skyDepth(depth) {
  let deepest = 0;
  let count = 0;
  for (const d of depth) {
    if (d > deepest && d < Infinity) [deepest, count] = [d, 1];
    else if (d === deepest) count++;
  }
  return count >= SKY_SHARE * depth.length ? deepest : Infinity;
}

// A pseudorandom number from 0 to 1 that depends only on the pixel and the view.
function chance(pixel, view) {
  let x = Math.imul(pixel + 1, 0x9e3779b1) ^ Math.imul(view + 1, 0x85ebca6b);
  x = Math.imul(x ^ x >>> 15, 0x2c1b3c6d);
  x = Math.imul(x ^ x >>> 12, 0x297a2d39);
  return ((x ^ x >>> 15) >>> 0) / 2 ** 32;
}
