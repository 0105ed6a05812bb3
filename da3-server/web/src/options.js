import { h } from "./dom.js";

const METHODS = [
  ["upper_bound_resize", "Longer side, whole photo"],
  ["upper_bound_crop", "Longer side, cropped"],
  ["lower_bound_resize", "Shorter side, whole photo"],
  ["lower_bound_crop", "Shorter side, cropped"],
];
const STRATEGIES = [
  ["saddle_balanced", "Balanced (default)"],
  ["saddle_sim_range", "Widest range of similarity"],
  ["first", "First photo"],
  ["middle", "Middle photo"],
];
const FORMATS = [ // id, label, checked by default, requires cameras
  ["glb", "Point cloud (GLB)", true, false],
  ["mesh_glb", "Mesh (GLB)", true, true],
  ["mini_npz", "NumPy (NPZ)", true, false],
  ["npz", "NumPy with photos", false, false],
  ["depth_vis", "Depth pictures (JPEG)", true, false],
  ["depth_png16", "Depth maps (PNG)", false, false],
  ["ply", "Point cloud (PLY)", false, true],
  ["colmap", "COLMAP model", false, true],
];

/** The options of a task as form fields. */
export function optionFields() {
  let has = { camera: true, gaussians: false }; // outputs of the model, as far as they are known
  const name = h("input", { type: "text", id: "name", maxlength: "120", autocomplete: "off", placeholder: "Optional" });
  const resolution = number("process_res", "", { min: 14, max: 8192, step: 1, required: false, placeholder: "Default of the model" });
  const method = select("process_res_method", METHODS);
  const strategy = select("ref_view_strategy", STRATEGIES);
  const percentile = number("conf_thresh_percentile", 40, { min: 0, max: 100, step: 1 });
  const points = number("num_max_points", 1000000, { min: 1000, max: 100000000, step: 1000 });
  const fps = number("fps", 1, { min: 0.1, max: 60, step: 0.1 });
  const rays = check("use_ray_pose", false);
  const gaussians = check("infer_gs", false);
  const stream = check("stream", false);
  const formats = FORMATS.map(([id, label, chosen, needsCameras]) => {
    const box = h("input", { type: "checkbox", id: `format-${id}`, checked: chosen, testid: `format-${id}` });
    return { id, box, needsCameras, element: h("label", { class: "check" }, box, label) };
  });
  const fpsField = field("Frames per second", fps, "Number of video frames per second that become views.");
  const strategyField = field("Reference view", strategy, "The view whose camera defines the world frame.");
  const raysField = h("label", { class: "check" }, rays, "Fit cameras to the rays (slower)");
  const gaussiansField = h("label", { class: "check" }, gaussians, "3D Gaussians (PLY)");
  const streamField = h("label", { class: "check" }, stream, "Long sequence: build a map window by window, with 3D Tiles");
  const depthOnly = h("p", { class: "soft small" }, "This model predicts depth without cameras: each photo is processed on its own.");
  fpsField.hidden = true;
  showModel(has);

  const element = h("div", { class: "options" },
    field("Name", name),
    fpsField,
    streamField,
    h("div", { class: "pair" },
      field("Resolution", resolution, "Pixels, rounded to a multiple of 14. Leave empty for the default of the model."),
      field("Resolution applies to", method)),
    strategyField,
    h("fieldset", {}, h("legend", {}, "Output files"), h("div", { class: "checks" }, formats.map(format => format.element), gaussiansField)),
    h("details", {}, h("summary", {}, "Points and cameras"),
      h("div", { class: "pair" },
        field("Confidence percentile", percentile, "Points of lower confidence are omitted from the files."),
        field("Maximum number of points", points, "Per point cloud file.")),
      raysField),
    depthOnly);

  return { element, showModel, showVideo: shown => { fpsField.hidden = !shown; }, fill };

  /** Offers what the model supports, from /status.model_has, and shows its default resolution. Entered values stay. */
  function showModel(model, defaultResolution) {
    has = model;
    if (defaultResolution) resolution.placeholder = defaultResolution;
    for (const { box, needsCameras } of formats) box.disabled = needsCameras && !has.camera;
    strategyField.hidden = raysField.hidden = streamField.hidden = !has.camera;
    gaussiansField.hidden = !has.gaussians;
    depthOnly.hidden = has.camera;
  }

  /** Adds the fields to a form. Returns an error message if a value is invalid, otherwise null. */
  function fill(form) {
    for (const input of [resolution, percentile, points, ...fpsField.hidden ? [] : [fps]]) {
      if (!input.reportValidity()) return `${input.labels[0].textContent}: ${input.validationMessage}`;
      if (input.value !== "") form.set(input.name, input.value);
    }
    const chosen = formats.filter(({ box }) => box.checked && !box.disabled).map(({ id }) => id);
    if (chosen.length === 0) return "Choose at least one output file.";
    form.set("export_format", chosen.join("-"));
    form.set("process_res_method", method.value);
    if (has.camera) {
      form.set("ref_view_strategy", strategy.value);
      form.set("use_ray_pose", rays.checked);
      if (stream.checked) form.set("stream", "{}");
    }
    if (has.gaussians) form.set("infer_gs", gaussians.checked);
    if (name.value.trim()) form.set("name", name.value.trim());
    return null;
  }
}

function field(label, control, hint) {
  const hintId = `${control.id}-hint`;
  if (hint) control.setAttribute("aria-describedby", hintId);
  return h("div", { class: "field" }, h("label", { for: control.id }, label), control, hint && h("p", { class: "soft small", id: hintId }, hint));
}

function number(name, value, limits) {
  return h("input", { type: "number", id: name, name, value, required: true, inputmode: "decimal", ...limits });
}

function select(name, choices) {
  return h("select", { id: name, name }, choices.map(([value, text]) => h("option", { value }, text)));
}

function check(name, checked) {
  return h("input", { type: "checkbox", id: name, name, checked });
}
