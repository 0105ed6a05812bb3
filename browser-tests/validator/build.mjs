// Bundles the official 3D Tiles validator (github.com/CesiumGS/3d-tiles-validator, version 0.6.1) into one file that only
// needs Node. SOURCE is a clone with its dependencies:
//
//     npm install --ignore-scripts --omit=dev && node build.mjs SOURCE
//
// Compressed geometry, textures, archives and logging to a terminal are left out: tile sets of points contain none.

import { build } from "../../da3-server/web/node_modules/esbuild/lib/main.js";
import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const source = path.resolve(process.argv[2]);
const UNUSED = /^(sharp|draco3d|gltfpack|archiver|better-sqlite3|pino|pino-pretty)$/;

// A value that can be called and whose properties are itself.
const STUB = `const stub = new Proxy(() => stub, {
  get: (target, key) => key === "then" || key === "__esModule" || typeof key === "symbol" ? undefined : stub });
module.exports = stub;`;

const unused = {
  name: "unused",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: UNUSED }, ({ path }) => ({ path, namespace: "unused" }));
    onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: STUB }));
    onResolve({ filter: /^@cesium\/engine\// }, ({ path: name }) => ({ path: path.join(source, "node_modules", name) }));
  },
};

const { metafile } = await build({
  absWorkingDir: source, entryPoints: ["src/main.ts"], bundle: true, platform: "node", target: "node18", minify: true,
  format: "cjs", legalComments: "none", metafile: true, logLevel: "warning", plugins: [unused],
  alias: { cesium: path.join(here, "cesium.mjs") }, outfile: path.join(here, "3d-tiles-validator.cjs"),
});

const packages = new Set(Object.keys(metafile.inputs).map(file => /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(file)?.[1]).filter(Boolean));
const parts = ["3d-tiles-validator.cjs contains the following packages.\n", await notice("3d-tiles-validator", source)];
for (const name of [...packages].sort()) parts.push(await notice(name, path.join(source, "node_modules", name)));
await writeFile(path.join(here, "THIRD-PARTY.txt"), parts.join("\n"));

async function notice(name, folder) {
  const files = await readdir(folder).catch(() => []);
  if (!files.includes("package.json")) return "";
  const { version, license } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  const file = files.find(entry => /^licen[cs]e/i.test(entry));
  const text = file ? (await readFile(path.join(folder, file), "utf8")).replaceAll("\r\n", "\n").trim() : "";
  return `${"-".repeat(80)}\n${name} ${version} (${license})\n\n${text}\n`;
}
