// `npm run bench`: measures what has a goal, against its peer where there is one, prints the tables and keeps them in
// test/bench/README.md. Takes about ten minutes; other work on the machine shows in the figures.
//   --only sampler,sizes   run these only (the files in test/bench/*.bench.ts), and keep nothing
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { buildForProduction } from "./package/build.mjs";

// Where a company's proxy has certificates of its own, each start of Node reads them: some 80 ms that are no one's here.
delete process.env.NODE_EXTRA_CA_CERTS;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const folder = path.join(root, "test", "bench");
const out = path.join(root, "dist", "test", "bench");
const { values: options } = parseArgs({ options: { only: { type: "string" } } });

const all = readdirSync(folder)
  .filter((name) => name.endsWith(".bench.ts"))
  .map((name) => name.slice(0, -".bench.ts".length))
  .sort();

function chosen() {
  const names = options.only?.split(",") ?? all;
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0)
    throw new Error(`there is no bench "${unknown.join(", ")}"; there are ${all.join(", ")}`);
  return names;
}

/** Scripts that find the repository by their own place are not bundled. */
const scriptsStay = {
  name: "scripts-stay",
  setup(builder) {
    builder.onResolve({ filter: /^\..*\.mjs$/ }, ({ path: wanted, resolveDir }) => ({
      path: pathToFileURL(path.resolve(resolveDir, wanted)).href,
      external: true,
    }));
  },
};

async function load(name) {
  const outfile = path.join(out, `${name}.mjs`);
  await build({
    entryPoints: [path.join(folder, name)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    plugins: [scriptsStay],
    logLevel: "warning",
  });
  return import(pathToFileURL(outfile).href);
}

function preface() {
  const cpus = os.cpus();
  const hasCounter = existsSync("/sys/class/powercap/intel-rapl:0/energy_uj");
  return `# Benches

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${cpus[0]?.model.trim()}, ${cpus.length} logical CPUs,
${Math.round(os.totalmem() / 2 ** 30)} GiB of memory, ${os.type()}, Node ${process.versions.node}, without NODE_EXTRA_CA_CERTS. The peer is CodeCarbon ${codecarbonVersion} where no other is named. Medians of repeated runs in turns.
Load average while it ran: ${loads.map((load) => load.toFixed(1)).join(" at the start, ")} at the end. Above the number of CPUs, times on the
clock are longer than they are on a machine that is free.
${hasCounter ? "" : "\nThe machine has no energy counter, so in the figures on CPU time both sides use their models of load.\n"}`;
}

let codecarbonVersion = "";
const loads = [os.loadavg()[0]];

try {
  const names = chosen();
  mkdirSync(out, { recursive: true });
  console.log("building for production; dist/ is the production build afterwards");
  buildForProduction(root);
  mkdirSync(out, { recursive: true });
  const { markdownTables } = await load("table.ts");
  ({ VERSION: codecarbonVersion } = await load("peer/codecarbon.ts"));
  const rows = [];
  const failures = [];
  for (const name of names) {
    try {
      const { bench } = await load(`${name}.bench.ts`);
      rows.push(...(await bench({ root, say: (text) => console.log(text) })));
    } catch (error) {
      failures.push(`${name}: ${error.message}`);
    }
  }
  loads.push(os.loadavg()[0]);
  const tables = markdownTables(rows);
  console.log(`\n${tables}`);
  for (const failure of failures) console.error(`bench: ${failure}`);
  if (failures.length > 0) process.exitCode = 1;
  else if (!options.only) writeFileSync(path.join(folder, "README.md"), `${preface()}\n${tables}`);
} catch (error) {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}
