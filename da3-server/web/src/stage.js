import { Color, LinearSRGBColorSpace, MathUtils, PerspectiveCamera, Scene, Spherical, Vector3, WebGLRenderer } from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";
import { h } from "./dom.js";

const FIELD_OF_VIEW = 43; // vertical, degrees
const BACKGROUND = 0x101112;
const FLIGHT_MS = 700;
const WIDE = 1.4; // aspect ratio; a narrower stage has its home position farther away
const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * A 3D canvas whose camera orbits a target by pointer and keyboard. It draws only after changes; `data-frames` counts the
 * frames. The constructor throws if the browser does not support WebGL 2.
 *
 * Stage axes are those of three.js: x right, y up, z toward the viewer.
 */
export class Stage {
  #flight = null;
  #scheduled = 0;
  #sizes;
  #disposed = false;

  constructor({ label, testid, antialias = true }) {
    this.canvas = h("canvas", { tabindex: "0", role: "application", "aria-label": `${label}. Arrow keys rotate, plus and minus zoom, Home resets the view.`, testid, "data-frames": "0" });
    this.hint = h("p", { class: "hint", "aria-hidden": "true" }, matchMedia("(pointer: coarse)").matches ? "Drag to rotate, pinch to zoom" : "Drag to rotate, scroll to zoom");
    this.element = h("div", { class: "stage" }, this.canvas, this.hint);
    this.renderer = new WebGLRenderer({ canvas: this.canvas, antialias, preserveDrawingBuffer: true, powerPreference: "high-performance" });
    this.setColorSpace(this.renderer.outputColorSpace);
    this.scene = new Scene();
    this.camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 0.01, 1000);
    this.controls = new OrbitControls(this.camera, this.canvas);
    this.controls.enableDamping = !reducedMotion.matches;
    this.controls.dampingFactor = 0.2;
    this.controls.addEventListener("start", () => { this.#flight = null; this.#used(); });
    this.controls.addEventListener("change", () => this.redraw());
    this.home = { position: new Vector3(0, 0, 3), target: new Vector3(), fov: FIELD_OF_VIEW };
    this.beforeDraw = () => {};
    this.owned = []; // further objects to dispose of
    this.canvas.addEventListener("keydown", event => this.#key(event));
    this.canvas.addEventListener("webglcontextlost", event => this.#disposed || event.preventDefault());
    this.canvas.addEventListener("webglcontextrestored", () => this.redraw());
    this.#sizes = new ResizeObserver(() => this.#resize());
    this.#sizes.observe(this.element);
  }

  /** Sets the position that `reset` returns to. The clipping planes and the zoom follow from `reach`, the distance of the scene. */
  setHome(position, target, reach) {
    this.home = { position: position.clone(), target: target.clone(), fov: FIELD_OF_VIEW };
    this.camera.near = reach * 0.01;
    this.camera.far = reach * 200;
    this.controls.minDistance = reach * 0.02;
    this.controls.maxDistance = reach * 20;
    this.#moveCamera(this.#fittingHome());
  }

  /** LinearSRGBColorSpace passes colors through unchanged; SRGBColorSpace encodes them. */
  setColorSpace(space) {
    this.renderer.outputColorSpace = space;
    this.renderer.setClearColor(new Color().setHex(BACKGROUND, space === LinearSRGBColorSpace ? space : undefined), 1);
  }

  reset() {
    this.fly(this.#fittingHome());
  }

  /** Moves the camera smoothly, or at once if the user prefers reduced motion. */
  fly({ position, target, fov = FIELD_OF_VIEW }) {
    const from = { position: this.camera.position.clone(), target: this.controls.target.clone(), fov: this.camera.fov };
    const began = performance.now();
    const flight = this.#flight = {};
    this.#used();
    const step = now => {
      if (this.#flight !== flight || this.#disposed) return;
      const t = reducedMotion.matches ? 1 : MathUtils.clamp((now - began) / FLIGHT_MS, 0, 1);
      const s = t * t * (3 - 2 * t);
      this.#moveCamera({
        position: from.position.clone().lerp(position, s),
        target: from.target.clone().lerp(target, s),
        fov: MathUtils.lerp(from.fov, fov, s),
      });
      if (t < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  /** Takes over the viewpoint and target of another stage. */
  lookAs({ camera, controls }) {
    this.#flight = null;
    this.#used();
    this.#moveCamera({ position: camera.position, target: controls.target, fov: camera.fov });
  }

  /** Returns the smallest vertical field of view, in degrees, that shows a whole image. */
  fieldOfView(width, height, fx, fy) {
    const tangent = Math.max(height / 2 / fy, width / 2 / fx / this.camera.aspect);
    return MathUtils.clamp(2 * MathUtils.radToDeg(Math.atan(tangent)), 10, 120);
  }

  redraw() {
    if (this.#scheduled || this.#disposed) return;
    this.#scheduled = requestAnimationFrame(() => {
      this.#scheduled = 0;
      this.#draw();
    });
  }

  dispose() {
    this.#disposed = true;
    cancelAnimationFrame(this.#scheduled);
    this.#sizes.disconnect();
    this.controls.dispose();
    for (const object of this.owned) object.dispose();
    this.scene.traverse(object => {
      object.geometry?.dispose();
      for (const material of [object.material ?? []].flat()) {
        material.map?.dispose();
        material.dispose();
      }
    });
    this.renderer.dispose();
    this.renderer.forceContextLoss(); // browsers limit the number of contexts
    this.element.remove();
  }

  #draw() {
    if (this.canvas.clientWidth === 0) return;
    const moving = this.controls.update(); // damping continues over further frames
    this.beforeDraw();
    this.renderer.render(this.scene, this.camera);
    this.canvas.dataset.frames = Number(this.canvas.dataset.frames) + 1;
    if (moving) this.redraw();
  }

  #moveCamera({ position, target, fov }) {
    this.camera.position.copy(position);
    this.controls.target.copy(target);
    this.camera.fov = fov;
    this.camera.updateProjectionMatrix();
    this.redraw();
  }

  #resize() {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (width === 0 || height === 0) return;
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    if (!this.element.classList.contains("used")) this.#moveCamera(this.#fittingHome());
    this.redraw();
  }

  #fittingHome() {
    const { position, target, fov } = this.home;
    const back = MathUtils.clamp(WIDE / this.camera.aspect, 1, 1.5);
    return { position: target.clone().lerp(position, back), target, fov };
  }

  #key(event) {
    const steps = {
      ArrowLeft: s => { s.theta -= 0.09; }, ArrowRight: s => { s.theta += 0.09; },
      ArrowUp: s => { s.phi -= 0.07; }, ArrowDown: s => { s.phi += 0.07; },
      "+": s => { s.radius *= 0.9; }, "=": s => { s.radius *= 0.9; }, "-": s => { s.radius /= 0.9; },
    };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Home") this.reset();
    else if (steps[event.key]) this.#rotate(steps[event.key]);
    else return;
    event.preventDefault();
  }

  #rotate(change) {
    this.#flight = null;
    this.#used();
    const offset = this.camera.position.clone().sub(this.controls.target);
    const spherical = new Spherical().setFromVector3(offset);
    change(spherical);
    spherical.makeSafe();
    spherical.radius = MathUtils.clamp(spherical.radius, this.controls.minDistance, this.controls.maxDistance);
    this.camera.position.copy(this.controls.target).add(offset.setFromSpherical(spherical));
    this.redraw();
  }

  #used() {
    this.element.classList.add("used");
  }
}
