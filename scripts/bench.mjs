// `npm run bench`: measures what has a goal, against its peer where there is one, prints the tables and keeps them in
// test/bench/README.md (as data in test/bench/kept.json). Takes about half an hour; other work on the machine shows in the
// figures.
//   --only sampler,sizes   run these only (the files in test/bench/*.bench.ts)
//   --keep                 with --only: these take the place of what was kept of them; the others stay
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { buildForProduction } from "./package/build.mjs";

// Where a company's proxy has certificates of its own, each start of Node reads them: some 80 ms that are no one's here.
delete process.env.NODE_EXTRA_CA_CERTS;
// Where bytecode may not be written, each start of a peer in Python compiles its libraries anew: no fault of the peer's.
delete process.env.PYTHONDONTWRITEBYTECODE;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const folder = path.join(root, "test", "bench");
const out = path.join(root, "dist", "test", "bench");
const kept = path.join(folder, "kept.json");
const { values: options } = parseArgs({ options: { only: { type: "string" }, keep: { type: "boolean" } } });

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

/** Where and when something was measured, in a sentence or two. */
function circumstances(before, after) {
  const cpus = os.cpus();
  const hasCounter = existsSync("/sys/class/powercap/intel-rapl:0/energy_uj");
  const loads = `load average ${before.toFixed(1)} at the start, ${after.toFixed(1)} at the end`;
  const counter = hasCounter ? "" : "; no energy counter, so both sides use their models of load";
  return `${new Date().toISOString().slice(0, 10)}: ${cpus[0]?.model.trim()}, ${cpus.length} logical CPUs, ${Math.round(os.totalmem() / 2 ** 30)} GiB of memory, ${os.type()}, Node ${process.versions.node}; ${loads}${counter}`;
}

const preface = (peer) => `# Benches

Written by \`npm run bench\`. The peer is CodeCarbon ${peer} where no other is named. Medians of repeated runs in turns, without
NODE_EXTRA_CA_CERTS and PYTHONDONTWRITEBYTECODE. Above the number of CPUs, a load average means times on the clock that are
longer than they are on a machine that is free.
`;

function readKept() {
  return existsSync(kept) ? JSON.parse(readFileSync(kept, "utf8")) : {};
}

/** @param {Record<string, { circumstances: string, rows: object[] }>} benches by name */
function keep(benches, peer, markdownTables) {
  const present = all.filter((name) => benches[name]);
  const sections = present.map(
    (name) => `${markdownTables(benches[name].rows)}\nMeasured on ${benches[name].circumstances}.\n`,
  );
  const sorted = Object.fromEntries(present.map((name) => [name, benches[name]]));
  writeFileSync(kept, `${JSON.stringify(sorted, null, 2)}\n`);
  writeFileSync(path.join(folder, "README.md"), [preface(peer), ...sections].join("\n"));
}

try {
  const names = chosen();
  mkdirSync(out, { recursive: true });
  console.log("building for production; dist/ is the production build afterwards");
  buildForProduction(root);
  mkdirSync(out, { recursive: true });
  const { markdownTables } = await load("table.ts");
  const { VERSION: codecarbonVersion } = await load("peer/codecarbon.ts");
  const keeps = options.keep || !options.only;
  for (const name of names) {
    const before = os.loadavg()[0];
    try {
      const { bench } = await load(`${name}.bench.ts`);
      const rows = await bench({ root, say: (text) => console.log(text) });
      console.log(`\n${markdownTables(rows)}`);
      const measured = { circumstances: circumstances(before, os.loadavg()[0]), rows };
      if (keeps) keep({ ...readKept(), [name]: measured }, codecarbonVersion, markdownTables);
    } catch (error) {
      console.error(`bench: ${name}: ${error.message}`);
      process.exitCode = 1;
    }
  }
} catch (error) {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}
