// Builds dist/: the widget as one file that starts itself, and the map, which is fetched where a map is asked for.
// With --check nothing is written: it fails where dist/ is not what the sources make.

import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { ownUnit } from "./own-unit.mjs";

const HERE = fileURLToPath(new URL("..", import.meta.url));
const DIST = join(HERE, "dist");
const BUDGET_BYTES = 40_000;
const FILES = [
  { file: "city-assistant.js", entry: "src/main.ts", format: "iife" },
  { file: "city-assistant-map.js", entry: "src/map/map.ts", format: "es" },
];

const check = process.argv.includes("--check");
const out = check ? mkdtempSync(join(tmpdir(), "widget-")) : DIST;
if (!check) rmSync(out, { recursive: true, force: true });

for (const { file, entry, format } of FILES) {
  await build({
    root: HERE,
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    plugins: [ownUnit()],
    build: {
      outDir: out,
      emptyOutDir: false,
      target: "es2022",
      assetsInlineLimit: 1_000_000,
      rolldownOptions: { output: { minify: true } },
      lib: { entry: join(HERE, entry), formats: [format], name: "CityAssistant", fileName: () => file },
    },
  });
}
copyFileSync(join(HERE, "node_modules/leaflet/LICENSE"), join(out, "LICENSE-leaflet.txt"));
writeFileSync(join(out, "SOURCES"), `${digest()}\n`);

const size = gzipSync(readFileSync(join(out, FILES[0].file)), { level: 9 }).length;
console.log(`${FILES[0].file}: ${size} of ${BUDGET_BYTES} bytes compressed`);
const faults = [];
if (size > BUDGET_BYTES) faults.push(`${FILES[0].file} is over its budget`);
if (check) {
  for (const name of [...FILES.map(({ file }) => file), "LICENSE-leaflet.txt", "SOURCES"]) {
    if (!same(join(out, name), join(DIST, name))) faults.push(`dist/${name} is not what the sources make: npm run build`);
  }
  rmSync(out, { recursive: true });
}
for (const fault of faults) console.error(`services/widget: ${fault}`);
process.exitCode = faults.length ? 1 : 0;

function same(one, other) {
  try {
    return readFileSync(one).equals(readFileSync(other));
  } catch {
    return false;
  }
}

/** The sources' digest, for machines that cannot build: a test in Python compares it. */
function digest() {
  const hash = createHash("sha256");
  const folder = join(HERE, "src");
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(HERE, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
  for (const name of [...names, "package-lock.json", "build/build.mjs", "build/own-unit.mjs"].sort()) {
    hash.update(`${name}\n${createHash("sha256").update(readFileSync(join(HERE, name))).digest("hex")}\n`);
  }
  return hash.digest("hex");
}
