import { Color, LinearSRGBColorSpace, MathUtils, PerspectiveCamera, Scene, Spherical, Vector3, WebGLRenderer } from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";
import { h } from "./dom.js";

const FIELD_OF_VIEW = 43; // vertical, degrees
const BACKGROUND = 0x101112;
const FLIGHT_MS = 700;
const WIDE = 1.4; // on a narrower stage the home is further back
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * A canvas with a camera that goes round what it shows, by pointer and by keyboard. It draws only when something has
 * changed; `data-frames` counts the drawings. Throws where the browser has no WebGL 2.
 */
export class Stage {
  #flight = null;
  #waiting = 0;
  #sizes;
  #disposed = false;

  constructor({ label, testid, antialias = true }) {
    this.canvas = h("canvas", { tabindex: "0", role: "application", "aria-label": `${label}. Arrow keys turn it, plus and minus zoom, Home goes back.`, testid, "data-frames": "0" });
    this.hint = h("p", { class: "hint", "aria-hidden": "true" }, matchMedia("(pointer: coarse)").matches ? "Drag to turn, pinch to zoom" : "Drag to turn, scroll to zoom");
    this.element = h("div", { class: "stage" }, this.canvas, this.hint);
    this.renderer = new WebGLRenderer({ canvas: this.canvas, antialias, preserveDrawingBuffer: true, powerPreference: "high-performance" });
    this.setColourSpace(this.renderer.outputColorSpace);
    this.scene = new Scene();
    this.camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 0.01, 1000);
    this.controls = new OrbitControls(this.camera, this.canvas);
    this.controls.enableDamping = !calm.matches;
    this.controls.dampingFactor = 0.2;
    this.controls.addEventListener("start", () => { this.#flight = null; this.#used(); });
    this.controls.addEventListener("change", () => this.redraw());
    this.home = { position: new Vector3(0, 0, 3), target: new Vector3(), fov: FIELD_OF_VIEW };
    this.beforeDraw = () => {};
    this.owned = []; // what else is disposed with the stage
    this.canvas.addEventListener("keydown", event => this.#key(event));
    this.canvas.addEventListener("webglcontextlost", event => this.#disposed || event.preventDefault());
    this.canvas.addEventListener("webglcontextrestored", () => this.redraw());
    this.#sizes = new ResizeObserver(() => this.#resize());
    this.#sizes.observe(this.element);
  }

  /** How far things are decides what is near and far. */
  setHome(position, target, reach) {
    this.home = { position: position.clone(), target: target.clone(), fov: FIELD_OF_VIEW };
    this.camera.near = reach * 0.01;
    this.camera.far = reach * 200;
    this.controls.minDistance = reach * 0.02;
    this.controls.maxDistance = reach * 20;
    this.#place(this.#fittingHome());
  }

  /** LinearSRGBColorSpace passes colours through as they are, SRGBColorSpace encodes them. */
  setColourSpace(space) {
    this.renderer.outputColorSpace = space;
    this.renderer.setClearColor(new Color().setHex(BACKGROUND, space === LinearSRGBColorSpace ? space : undefined), 1);
  }

  reset() {
    this.fly(this.#fittingHome());
  }

  /** To a place, looking at a target; at once where less motion is wished for. */
  fly({ position, target, fov = FIELD_OF_VIEW }) {
    const from = { position: this.camera.position.clone(), target: this.controls.target.clone(), fov: this.camera.fov };
    const began = performance.now();
    const flight = this.#flight = {};
    this.#used();
    const step = now => {
      if (this.#flight !== flight || this.#disposed) return;
      const t = calm.matches ? 1 : MathUtils.clamp((now - began) / FLIGHT_MS, 0, 1);
      const s = t * t * (3 - 2 * t);
      this.#place({
        position: from.position.clone().lerp(position, s),
        target: from.target.clone().lerp(target, s),
        fov: MathUtils.lerp(from.fov, fov, s),
      });
      if (t < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  /** Looks from where another stage looks, at the same target. */
  lookAs({ camera, controls }) {
    this.#flight = null;
    this.#used();
    this.#place({ position: camera.position, target: controls.target, fov: camera.fov });
  }

  /** The narrowest vertical field of view, degrees, in which a whole picture is seen. */
  fieldOfView(width, height, fx, fy) {
    const tangent = Math.max(height / 2 / fy, width / 2 / fx / this.camera.aspect);
    return MathUtils.clamp(2 * MathUtils.radToDeg(Math.atan(tangent)), 10, 120);
  }

  redraw() {
    if (this.#waiting || this.#disposed) return;
    this.#waiting = requestAnimationFrame(() => {
      this.#waiting = 0;
      this.#draw();
    });
  }

  dispose() {
    this.#disposed = true;
    cancelAnimationFrame(this.#waiting);
    this.#sizes.disconnect();
    this.controls.dispose();
    for (const thing of this.owned) thing.dispose();
    this.scene.traverse(object => {
      object.geometry?.dispose();
      for (const material of [object.material ?? []].flat()) {
        material.map?.dispose();
        material.dispose();
      }
    });
    this.renderer.dispose();
    this.renderer.forceContextLoss(); // browsers keep few contexts
    this.element.remove();
  }

  #draw() {
    if (this.canvas.clientWidth === 0) return;
    const moving = this.controls.update(); // damping: more frames until it rests
    this.beforeDraw();
    this.renderer.render(this.scene, this.camera);
    this.canvas.dataset.frames = Number(this.canvas.dataset.frames) + 1;
    if (moving) this.redraw();
  }

  #place({ position, target, fov }) {
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
    if (!this.element.classList.contains("used")) this.#place(this.#fittingHome());
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
    else if (steps[event.key]) this.#turn(steps[event.key]);
    else return;
    event.preventDefault();
  }

  #turn(change) {
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
