"use strict";
(() => {
  const FIELD_OF_VIEW = 0.75; // vertical, radians
  const FRUSTUM = 0.11; // of the distance from the cameras to what they see
  const ACCENT = [1.0, 0.48, 0.24];
  const BACKGROUND = [0.063, 0.067, 0.071];
  const stillness = matchMedia("(prefers-reduced-motion: reduce)");

  const POINTS = [`#version 300 es
    layout(location = 0) in vec3 position;
    layout(location = 1) in vec3 colour;
    uniform mat4 camera;
    uniform vec3 eyes[16];
    uniform int count;
    uniform float spacing;
    uniform float focal;
    out vec3 shade;
    void main() {
      gl_Position = camera * vec4(position, 1.0);
      float range = 1e9;
      for (int i = 0; i < count; i++) range = min(range, distance(position, eyes[i]));
      // As wide as the gap between the pixels that the points came from.
      gl_PointSize = clamp(range * spacing * focal / gl_Position.w, 1.6, 24.0);
      shade = colour;
    }`, `#version 300 es
    precision mediump float;
    in vec3 shade;
    out vec4 pixel;
    void main() {
      vec2 off = gl_PointCoord - 0.5;
      if (dot(off, off) > 0.27) discard;
      pixel = vec4(shade, 1.0);
    }`];
  const LINES = [`#version 300 es
    layout(location = 0) in vec3 position;
    uniform mat4 camera;
    void main() { gl_Position = camera * vec4(position, 1.0); }`, `#version 300 es
    precision mediump float;
    uniform vec3 colour;
    out vec4 pixel;
    void main() { pixel = vec4(colour, 1.0); }`];
  const PHOTOS = [`#version 300 es
    layout(location = 0) in vec3 position;
    layout(location = 1) in vec2 place;
    uniform mat4 camera;
    out vec2 at;
    void main() { gl_Position = camera * vec4(position, 1.0); at = place; }`, `#version 300 es
    precision mediump float;
    uniform sampler2D photo;
    in vec2 at;
    out vec4 pixel;
    void main() { pixel = vec4(texture(photo, at).rgb, 1.0); }`];

  const add = (a, b, s = 1) => [a[0] + s * b[0], a[1] + s * b[1], a[2] + s * b[2]];
  const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  const length = a => Math.hypot(...a);
  const unit = a => a.map(v => v / length(a));
  const clamp = (v, low, high) => Math.max(low, Math.min(high, v));

  function bytes(base64) {
    const text = atob(base64);
    const array = new Uint8Array(text.length);
    for (let i = 0; i < array.length; i++) array[i] = text.charCodeAt(i);
    return array;
  }

  function program(gl, [vertex, fragment]) {
    const linked = gl.createProgram();
    for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
      const shader = gl.createShader(type);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
      gl.attachShader(linked, shader);
    }
    gl.linkProgram(linked);
    if (!gl.getProgramParameter(linked, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(linked));
    return linked;
  }

  function mesh(gl, ...attributes) { // each [array, size, type, normalised]
    const state = gl.createVertexArray();
    gl.bindVertexArray(state);
    attributes.forEach(([array, size, type, normalised], i) => {
      gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
      gl.bufferData(gl.ARRAY_BUFFER, array, gl.STATIC_DRAW);
      gl.enableVertexAttribArray(i);
      gl.vertexAttribPointer(i, size, type, normalised, 0, 0);
    });
    return state;
  }

  // A camera's place, axes and the corners of its picture, all in the world.
  function frustum(view, depth) {
    const m = view.toWorld;
    const axis = c => [m[c], m[4 + c], m[8 + c]];
    const eye = axis(3);
    const [fx, fy, cx, cy] = view.intrinsics;
    const corner = (u, v) => add(add(add(eye, axis(0), (u - cx) / fx * depth), axis(1), (v - cy) / fy * depth), axis(2), depth);
    const corners = [corner(0, 0), corner(view.width, 0), corner(view.width, view.height), corner(0, view.height)];
    return { eye, forward: axis(2), corners };
  }

  class Viewer {
    constructor(section, data) {
      this.section = section;
      this.canvas = section.querySelector("canvas");
      this.gl = this.canvas.getContext("webgl2", { antialias: true });
      if (!this.gl) {
        section.querySelector(".fallback").hidden = false;
        this.canvas.hidden = true;
        return;
      }
      this.data = data;
      this.load();
      this.home = this.overview();
      this.pose = { ...this.home };
      this.listen();
      this.addButtons();
      new ResizeObserver(() => this.redraw()).observe(this.canvas);
      new IntersectionObserver(([entry]) => { this.visible = entry.isIntersecting; this.redraw(); }).observe(this.canvas);
    }

    load() {
      const { gl, data } = this;
      this.shaders = [POINTS, LINES, PHOTOS].map(source => program(gl, source));
      this.points = mesh(gl,
        [new Float32Array(bytes(data.positions).buffer), 3, gl.FLOAT, false],
        [bytes(data.colours), 3, gl.UNSIGNED_BYTE, true]);
      const eyes = data.views.map(view => frustum(view, 1).eye);
      const middle = data.middle;
      this.reach = eyes.reduce((sum, eye) => sum + length(add(middle, eye, -1)), 0) / eyes.length;
      this.frusta = data.views.map(view => frustum(view, FRUSTUM * this.reach));
      this.eyes = new Float32Array(eyes.flat());
      const pixels = data.views.reduce((sum, view) => sum + view.width * view.height, 0);
      this.spacing = 1.9 / data.views[0].intrinsics[0] * Math.sqrt(pixels / data.points);
      const images = this.section.querySelectorAll(".photo img");
      this.pictures = this.frusta.map(({ eye, corners: [a, b, c, d] }, i) => ({
        lines: mesh(gl, [new Float32Array([eye, a, eye, b, eye, c, eye, d, a, b, b, c, c, d, d, a].flat()), 3, gl.FLOAT, false]),
        quad: mesh(gl, [new Float32Array([a, d, b, c].flat()), 3, gl.FLOAT, false],
          [new Float32Array([0, 0, 0, 1, 1, 0, 1, 1]), 2, gl.FLOAT, false]),
        photo: this.texture(images[i]),
      }));
      gl.enable(gl.DEPTH_TEST);
    }

    texture(image) {
      const { gl } = this;
      const texture = gl.createTexture();
      const fill = () => {
        gl.bindTexture(gl.TEXTURE_2D, texture);
        gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGB, gl.RGB, gl.UNSIGNED_BYTE, image);
        gl.generateMipmap(gl.TEXTURE_2D);
        this.redraw();
      };
      image.decode().then(fill, () => {});
      return texture;
    }

    // Behind the cameras and above them, looking where they look.
    overview() {
      const eyes = this.frusta.map(f => f.eye);
      const mean = eyes.reduce((sum, eye) => add(sum, eye, 1 / eyes.length), [0, 0, 0]);
      const target = add(this.data.middle, add(mean, this.data.middle, -1), 0.12);
      const back = add(mean, target, -1);
      const wide = this.canvas.clientWidth > 1.3 * this.canvas.clientHeight;
      return { target, yaw: Math.atan2(back[0], back[2]) + 0.34, pitch: 0.38, distance: length(back) * (wide ? 1.78 : 2.4) };
    }

    from(i) {
      const { eye, forward } = this.frusta[i];
      const distance = this.reach;
      return { target: add(eye, forward, distance), yaw: Math.atan2(-forward[0], -forward[2]), pitch: Math.asin(clamp(-forward[1], -1, 1)), distance };
    }

    addButtons() {
      const group = this.section.querySelector(".cameras");
      const views = [["Overview", () => this.home], ...this.frusta.map((_, i) => [`Camera ${i + 1}`, () => this.from(i)])];
      this.buttons = views.map(([name, goal], i) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = name;
        button.setAttribute("aria-pressed", i === 0);
        button.addEventListener("click", () => { this.fly(goal()); this.press(button); });
        group.append(button);
        return button;
      });
    }

    press(chosen) {
      this.buttons.forEach(button => button.setAttribute("aria-pressed", button === chosen));
      this.section.classList.add("used");
    }

    fly(goal) {
      const start = { ...this.pose };
      const turn = ((goal.yaw - start.yaw + 3 * Math.PI) % (2 * Math.PI) + 2 * Math.PI) % (2 * Math.PI) - Math.PI;
      const began = performance.now();
      const flight = this.flight = {};
      const step = now => {
        if (this.flight !== flight) return;
        const t = stillness.matches ? 1 : clamp((now - began) / 700, 0, 1);
        const s = t * t * (3 - 2 * t);
        this.pose = {
          target: start.target.map((v, i) => v + (goal.target[i] - v) * s),
          yaw: start.yaw + turn * s,
          pitch: start.pitch + (goal.pitch - start.pitch) * s,
          distance: start.distance + (goal.distance - start.distance) * s,
        };
        this.redraw();
        if (t < 1) requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    }

    move(change) {
      this.flight = null;
      change(this.pose);
      this.pose.pitch = clamp(this.pose.pitch, -1.45, 1.5);
      this.pose.distance = clamp(this.pose.distance, 0.05 * this.reach, 12 * this.reach);
      this.press(null);
      this.redraw();
    }

    listen() {
      const { canvas } = this;
      const fingers = new Map();
      canvas.addEventListener("pointerdown", event => {
        canvas.setPointerCapture(event.pointerId);
        fingers.set(event.pointerId, event);
      });
      canvas.addEventListener("pointermove", event => {
        const before = fingers.get(event.pointerId);
        if (!before) return;
        const apart = () => { const [a, b] = [...fingers.values()]; return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY); };
        const scale = fingers.size === 2 ? apart() : 0;
        fingers.set(event.pointerId, event);
        const dx = event.clientX - before.clientX;
        const dy = event.clientY - before.clientY;
        if (fingers.size === 2) this.move(pose => { pose.distance *= scale / Math.max(1, apart()); });
        else if (event.shiftKey || event.buttons === 2) this.slide(dx, dy);
        else this.move(pose => { pose.yaw -= 0.006 * dx; pose.pitch += 0.006 * dy; });
      });
      for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, event => fingers.delete(event.pointerId));
      canvas.addEventListener("contextmenu", event => event.preventDefault());
      canvas.addEventListener("wheel", event => {
        event.preventDefault();
        this.move(pose => { pose.distance *= Math.exp(clamp(event.deltaY, -120, 120) * 0.0014); });
      }, { passive: false });
      canvas.addEventListener("keydown", event => {
        const keys = {
          ArrowLeft: pose => { pose.yaw -= 0.09; }, ArrowRight: pose => { pose.yaw += 0.09; },
          ArrowUp: pose => { pose.pitch += 0.07; }, ArrowDown: pose => { pose.pitch -= 0.07; },
          "+": pose => { pose.distance *= 0.9; }, "=": pose => { pose.distance *= 0.9; }, "-": pose => { pose.distance /= 0.9; },
        };
        if (event.key === "Home") { this.fly(this.home); this.press(this.buttons[0]); }
        else if (keys[event.key]) this.move(keys[event.key]);
        else return;
        event.preventDefault();
      });
      canvas.addEventListener("webglcontextlost", event => event.preventDefault());
      canvas.addEventListener("webglcontextrestored", () => { this.load(); this.redraw(); });
    }

    slide(dx, dy) {
      const { right, up } = this.axes();
      const metres = this.pose.distance * 2 * Math.tan(FIELD_OF_VIEW / 2) / this.canvas.clientHeight;
      this.move(pose => { pose.target = add(add(pose.target, right, -dx * metres), up, dy * metres); });
    }

    axes() {
      const { target, yaw, pitch, distance } = this.pose;
      const back = [Math.sin(yaw) * Math.cos(pitch), Math.sin(pitch), Math.cos(yaw) * Math.cos(pitch)];
      const right = unit(cross([0, 1, 0], back));
      return { back, right, up: cross(back, right), eye: add(target, back, distance) };
    }

    redraw() {
      if (this.waiting || !this.visible) return;
      this.waiting = true;
      requestAnimationFrame(() => { this.waiting = false; this.draw(); });
    }

    draw() {
      const { gl, canvas } = this;
      const ratio = Math.min(devicePixelRatio, 2);
      const width = Math.round(canvas.clientWidth * ratio);
      const height = Math.round(canvas.clientHeight * ratio);
      if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
      const { back, right, up, eye } = this.axes();
      const near = 0.02 * this.reach;
      const far = 60 * this.reach;
      const f = 1 / Math.tan(FIELD_OF_VIEW / 2);
      const fx = f * height / width;
      const a = (far + near) / (near - far);
      const [tx, ty, tz] = [right, up, back].map(axis => -dot(axis, eye));
      const camera = new Float32Array([ // column by column
        fx * right[0], f * up[0], a * back[0], -back[0],
        fx * right[1], f * up[1], a * back[1], -back[1],
        fx * right[2], f * up[2], a * back[2], -back[2],
        fx * tx, f * ty, a * tz + 2 * far * near / (near - far), -tz,
      ]);
      gl.viewport(0, 0, width, height);
      gl.clearColor(...BACKGROUND, 1);
      gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
      const [points, lines, photos] = this.shaders;
      const use = shader => {
        gl.useProgram(shader);
        gl.uniformMatrix4fv(gl.getUniformLocation(shader, "camera"), false, camera);
        return name => gl.getUniformLocation(shader, name);
      };
      const at = use(points);
      gl.uniform3fv(at("eyes"), this.eyes);
      gl.uniform1i(at("count"), this.eyes.length / 3);
      gl.uniform1f(at("spacing"), this.spacing);
      gl.uniform1f(at("focal"), f * height / 2);
      gl.bindVertexArray(this.points);
      gl.drawArrays(gl.POINTS, 0, this.data.points);
      this.frusta.forEach((frustum, i) => {
        // From a camera's own place its picture would hide everything.
        if (length(add(frustum.eye, eye, -1)) < FRUSTUM * this.reach * 1.5) return;
        use(photos);
        gl.bindTexture(gl.TEXTURE_2D, this.pictures[i].photo);
        gl.bindVertexArray(this.pictures[i].quad);
        gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
        gl.uniform3fv(use(lines)("colour"), ACCENT);
        gl.bindVertexArray(this.pictures[i].lines);
        gl.drawArrays(gl.LINES, 0, 16);
      });
    }
  }

  // Depth under the pointer; with a keyboard, the arrows move the cross.
  function probe(element, view) {
    const steps = new Uint16Array(bytes(view.depth).buffer);
    const box = element.querySelector(".probe");
    const cross = element.querySelector(".cross");
    const output = element.querySelector("output");
    let place = [Math.floor(view.width / 2), Math.floor(view.height / 2)];
    const show = (x, y) => {
      place = [clamp(x, 0, view.width - 1), clamp(y, 0, view.height - 1)];
      const metres = steps[place[1] * view.width + place[0]] * view.depthStep;
      output.textContent = metres === 0 ? "sky" : `${metres.toFixed(2)} m`;
      cross.hidden = false;
      cross.style.left = `${(place[0] + 0.5) / view.width * 100}%`;
      cross.style.top = `${(place[1] + 0.5) / view.height * 100}%`;
    };
    const hide = () => { cross.hidden = true; output.textContent = ""; };
    const follow = event => {
      const area = box.getBoundingClientRect();
      show(Math.floor((event.clientX - area.left) / area.width * view.width), Math.floor((event.clientY - area.top) / area.height * view.height));
    };
    box.tabIndex = 0;
    box.setAttribute("role", "application");
    box.setAttribute("aria-label", "Depth read-out: the arrow keys move the point");
    box.addEventListener("pointermove", follow);
    box.addEventListener("pointerdown", follow);
    box.addEventListener("pointerleave", hide);
    box.addEventListener("blur", hide);
    box.addEventListener("focus", () => show(...place));
    box.addEventListener("keydown", event => {
      const move = { ArrowLeft: [-4, 0], ArrowRight: [4, 0], ArrowUp: [0, -4], ArrowDown: [0, 4] }[event.key];
      if (!move) return;
      show(place[0] + move[0], place[1] + move[1]);
      event.preventDefault();
    });
  }

  for (const section of document.querySelectorAll(".scene")) {
    const data = JSON.parse(section.querySelector(".data").textContent);
    section.querySelectorAll(".truth").forEach((figure, i) => probe(figure, data.views[i]));
    new Viewer(section, data);
  }
})();
