// Bundles src/ into ../src/main/resources/da3/server/web: minified, split so that three.js and Spark load only when
// needed, and byte-identical on every machine. The viewer of the demo's page is built from the same sources, as a single
// script in da3-demo that the page embeds. `npm run check` compares instead of writing.

import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.join(here, "../src/main/resources/da3/server/web");
const demoTarget = path.join(here, "../../da3-demo/src/main/resources/da3/demo/script");
const SPARK = "@sparkjsdev/spark";
const common = {
  absWorkingDir: here, bundle: true, minify: true, write: false, metafile: true, charset: "utf8", target: "es2022",
  legalComments: "none", outdir: "assets", logLevel: "warning",
};

const page = await build({ ...common, entryPoints: ["src/app.js"], format: "esm", splitting: true, chunkNames: "[name]-[hash]" });
const early = await build({ ...common, entryPoints: ["src/theme-boot.js"], format: "iife" });
const style = await build({ ...common, entryPoints: { app: "src/style/app.css" } });
const demo = await build({ ...common, entryPoints: { viewer: "src/demo/page.js" }, format: "iife" });

const outputs = new Map([
  ...named(page), ...named(early), ...named(style),
  ["index.html", await readFile(path.join(here, "src/index.html"))],
  ["assets/icon.svg", await readFile(path.join(here, "src/icon.svg"))],
  ["assets/THIRD-PARTY.txt", await licenses(page.metafile)],
  ["SOURCES", await sources()],
]);

const demoOutputs = new Map([
  ["viewer.js", demo.outputFiles[0].contents],
  ["THIRD-PARTY.txt", await licenses(demo.metafile)],
]);

const check = process.argv.includes("--check");
for (const [folder, files] of [[target, outputs], [demoTarget, demoOutputs]]) await (check ? compare : write)(folder, files);

// Names chunks without hashes: by their own name or, without one, by the package that most of their code comes from, or by
// the file if it is one of three.js's examples.
function named({ outputFiles, metafile }) {
  const texts = new Map(outputFiles.map(file => [path.relative(here, file.path), file.text]));
  const names = new Map();
  for (const [file, { inputs }] of Object.entries(metafile.outputs).sort(([a], [b]) => a < b ? -1 : 1)) {
    const match = /^assets\/(.+)-[A-Z0-9]{8}\.js$/.exec(file);
    if (!match) continue;
    const [largest] = Object.entries(inputs).sort(([a, x], [b, y]) => y.bytesInOutput - x.bytesInOutput || (a < b ? -1 : 1))[0];
    const name = match[1] === "chunk" ? chunkName(largest) : match[1];
    if ([...names.values()].includes(name)) throw new Error(`two chunks would be named ${name}.js`);
    names.set(path.basename(file), name);
  }
  const rename = text => [...names].reduce((all, [hashed, name]) => all.replaceAll(hashed, `${name}.js`), text);
  return [...texts].map(([file, text]) => [rename(file), Buffer.from(rename(text))]);
}

function chunkName(file) {
  const example = file.includes("/examples/jsm/");
  return (example ? null : packageOf(file)?.split("/").pop()) ?? path.basename(file, ".js");
}

// Hashes of the sources, for a test that runs without npm.
async function sources() {
  const files = (await readdir(path.join(here, "src"), { recursive: true, withFileTypes: true }))
    .filter(entry => entry.isFile()).map(entry => path.relative(here, path.join(entry.parentPath, entry.name)));
  const lines = [];
  for (const file of ["build.mjs", "package-lock.json", ...files].sort()) {
    lines.push(`${createHash("sha256").update(await readFile(path.join(here, file))).digest("hex")}  ${file}\n`);
  }
  return Buffer.from(lines.join(""));
}

function packageOf(file) {
  return /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];
}

// Spark bundles its dependencies, so they are listed as well.
async function licenses({ inputs }) {
  const packages = new Set(Object.keys(inputs).map(packageOf).filter(Boolean));
  if (packages.has(SPARK)) {
    const { dependencies } = await manifest(SPARK);
    for (const dependency of Object.keys(dependencies ?? {})) packages.add(dependency);
  }
  const parts = ["This page contains the following packages.\n"];
  for (const name of [...packages].sort()) {
    const { version, license } = await manifest(name);
    const folder = path.join(here, "node_modules", name);
    const file = (await readdir(folder)).find(entry => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name} has no license text`);
    const text = (await readFile(path.join(folder, file), "utf8")).replaceAll("\r\n", "\n").trim();
    parts.push(`${"-".repeat(80)}\n${name} ${version} (${license})\n\n${text}\n`);
  }
  return Buffer.from(parts.join("\n"));
}

async function manifest(name) {
  return JSON.parse(await readFile(path.join(here, "node_modules", name, "package.json"), "utf8"));
}

async function write(folder, files) {
  await rm(folder, { recursive: true, force: true });
  for (const [file, content] of files) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), content);
    console.log(`${String(content.length).padStart(9)}  ${path.relative(path.join(here, "../.."), path.join(folder, file))}`);
  }
}

async function compare(folder, files) {
  const existing = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter(entry => entry.isFile()).map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)));
  const stale = existing.filter(file => !files.has(file));
  for (const [file, content] of files) {
    if (!existing.includes(file) || !Buffer.from(content).equals(await readFile(path.join(folder, file)))) stale.push(file);
  }
  if (stale.length === 0) return console.log(`${files.size} files are up to date`);
  console.error(`not up to date with the sources: ${stale.sort().join(", ")}; run npm run build and commit`);
  process.exitCode = 1;
}
