import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bench } from "../../../src/cli/bench.ts";
import type { BenchOptions } from "../../../src/cli/bench-options.ts";
import { countedInLines, countedInLoad, RequestLog } from "../../../src/cli/bench-sources.ts";
import { readProjectLedger } from "../../../src/cli/ledger/project-ledger.ts";
import { models, nameModel } from "../../../src/cli/models.ts";
import type { BenchBody } from "../../../src/ledger/entries/bench.ts";
import { verifyLedger } from "../../../src/ledger/verify.node.ts";
import { LineCounter } from "../../../src/tradeoff/bench/line-counter.ts";
import { readLoadResult, writeLoadPlan } from "../../../src/tradeoff/bench/load-files.node.ts";
import { addEntry } from "../ledger/fixtures.ts";
import { commandFolder } from "./command-folder.ts";
import { MARKING_PROGRAM } from "./marking-program.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const here = commandFolder({ "fairwatt.toml": 'zone = "FR"\npue = 1.5\n', "model.onnx": "weights" });
const programs = { sampler: path.join(ROOT, "test/fixtures/steady-sampler.mjs"), load: "" };

const call = (options: Partial<BenchOptions>, command: string[] = []) =>
  bench({ cwd: here.cwd, ...options }, command, programs);
const node = (script: string) => [process.execPath, "-e", script];
const entries = async () =>
  (await readProjectLedger(here.cwd)).items.map(({ envelope: { type, body } }) => ({ type, body }));

describe("fairwatt bench of a command", () => {
  it("measures its steady state, and keeps it with the model", async () => {
    const code = await call(
      { unit: "images", model: "model.onnx", interval: "100ms", json: "out.json" },
      node(MARKING_PROGRAM),
    );
    expect(here.err).toBe("");
    expect(code).toBe(0);
    const [run, kept] = await entries();
    expect([run?.type, kept?.type]).toEqual(["run", "bench"]);
    const body = kept!.body as unknown as BenchBody;
    expect(body).toMatchObject({ run: run!.body.run, unit: "images", counted: { by: "marks" } });
    expect(body.model).toMatchObject({
      path: "model.onnx",
      artefact: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    // 10 W for 25 ms each.
    expect(body.energyPer1000!.value).toBeCloseTo(250, 6);
    expect(body.energyPer1000!.high).toBeCloseTo(257.5, 1);
    expect(body.footprintPer1000!.value).toBeCloseTo((250 / 3.6e6) * 1.5 * body.grid!.gramsPerKwh, 9);
    expect(body.throughput.value).toBeCloseTo(40, 6);
    expect(body.latency).toMatchObject({ p50: 0.04, p99: 0.04 });
    expect(body.peakMemory!.bytes).toBe(1.05e8);
    expect(here.out).toMatch(/energy per 1,000 +69\.4 mWh \(67\.4 to 71\.5 mWh\), measured: RAPL package/);
    const json = JSON.parse(fs.readFileSync(path.join(here.cwd, "out.json"), "utf8"));
    expect(json).toMatchObject({ schema: "fairwatt.bench/1", unit: "images", ledger: expect.any(String) });
    expect((await verifyLedger(path.join(here.cwd, ".fairwatt"))).problems).toEqual([]);
  });

  it("belongs to a model of the ledger, which shows it", async () => {
    const sha256 = "ab".repeat(32);
    await addEntry(path.join(here.cwd, ".fairwatt"), "01TRAIN", {
      artefacts: [{ path: "old/model.pt", bytes: 7, sha256 }],
    });
    await nameModel("old/model.pt", "scorer@1.0.0", { cwd: here.cwd });
    here.clear();
    expect(await call({ model: "scorer@1.0.0", interval: "100ms" }, node(MARKING_PROGRAM))).toBe(0);
    here.clear();
    await models({ cwd: here.cwd });
    expect(here.out).toMatch(
      /scorer 1\.0\.0 {2}old\/model\.pt[\s\S]*bench {3}69\.4 mWh per 1,000 units, 40\.0 per second/,
    );
  });

  it("has no figures without units, a steady state, or a command that works: its run is kept", async () => {
    const refused = async (options: Partial<BenchOptions>, script: string) => {
      here.clear();
      expect(await call({ interval: "100ms", ...options }, node(script))).toBe(1);
      return here.err;
    };
    expect(await refused({}, "")).toMatch(/no units were counted: the command wrote no marks/);
    expect(await refused({ count: "done (\\d+)" }, 'console.log("doing 3")')).toMatch(
      /none of the 1 lines of the command's output matches \/done \(\\d\+\)\/; the last was "doing 3"/,
    );
    expect(await refused({}, "process.exit(3)")).toMatch(/the command failed \(exit code 3\)/);
    expect((await entries()).map(({ type }) => type)).not.toContain("bench");
  });

  it("says what it was called wrongly with, before anything runs", async () => {
    const wrong = async (options: Partial<BenchOptions>, command = ["true"]) => {
      here.clear();
      expect(await call(options, command)).toBe(2);
      return here.err;
    };
    expect(await wrong({}, [])).toMatch(/name what is to be measured/);
    expect(await wrong({ url: "http://localhost/" })).toMatch(/not both/);
    expect(await wrong({ rate: "3" })).toMatch(/--rate is for a served model/);
    expect(await wrong({ count: "(" })).toMatch(/not a regular expression/);
    expect(await wrong({ model: "nosuch" })).toMatch(/neither a file nor a model of the ledger/);
    expect(await wrong({ zone: "XX-NO" })).toMatch(/XX-NO/);
    expect(await wrong({ warmUp: "soon" })).toMatch(/--warm-up must be a time/);
    const url = "http://localhost:1/";
    expect(await wrong({ url: "localhost:8000" }, [])).toMatch(/--url must begin with/);
    expect(await wrong({ url, concurrency: "2", rate: "3" }, [])).toMatch(/choose one/);
    expect(await wrong({ url, concurrency: "0.5" }, [])).toMatch(/whole number/);
    expect(await wrong({ url, body: "none.json" }, [])).toMatch(/none\.json cannot be read \(ENOENT\)/);
    expect(await wrong({ url, header: ["no colon"] }, [])).toMatch(/NAME: VALUE/);
    expect(await wrong({ url }, [])).toMatch(
      /did not answer a GET as it should: ECONNREFUSED\. Nothing was measured/,
    );
    expect(await entries()).toEqual([]);
  });
});

describe("what bench counts by", () => {
  it("says why there is nothing to count", () => {
    expect(countedInLines(new LineCounter(/x/), 0, "access.log", "x").none).toMatch(
      /nothing was written to access\.log/,
    );
    const failed = { at: [], seconds: [], units: [], requests: 3, failures: { "HTTP 500": 3 }, busy: 0 };
    expect(countedInLoad(failed, 0, 1).none).toMatch(
      /none of the 3 requests had an answer that counts: HTTP 500 \(3\)/,
    );
  });

  it("follows a request log from where it ends, also when it is rotated", () => {
    here.write("access.log", "old 200\n");
    const file = path.join(here.cwd, "access.log");
    const log = new RequestLog(file, " 200$");
    fs.appendFileSync(file, "GET / 200\nGET / 404\n");
    log.close();
    expect(log.counter.counts).toHaveLength(1);
    const rotated = new RequestLog(file, undefined);
    fs.writeFileSync(file, "a\nb\n");
    rotated.close();
    expect(rotated.counter.counts).toHaveLength(2);
    const absent = new RequestLog(path.join(here.cwd, "none.log"), undefined);
    absent.close();
    expect(absent.counter.lines).toBe(0);
  });
});

describe("fairwatt bench of a served model", () => {
  const keys = new Set<string | undefined>();
  let server: http.Server;
  let port: number;
  beforeEach(async () => {
    server = http.createServer((request, response) => {
      keys.add(request.headers.authorization);
      request.resume().on("end", () => response.end("{}"));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it("keeps the load that was asked for, and its key to itself", async () => {
    here.write("row.json", "[1]");
    const code = await bench(
      {
        ...{
          cwd: here.cwd,
          url: `http://127.0.0.1:${port}/predict?token=hidden`,
          body: "row.json",
          rate: "20",
        },
        ...{ duration: "10s", interval: "100ms", machine: true, header: ["Authorization: Bearer hidden"] },
      },
      [],
      { ...programs, load: path.join(ROOT, "test/fixtures/steady-load.mjs") },
    );
    expect(here.err).toBe("");
    expect(code).toBe(0);
    const kept = (await entries()).find(({ type }) => type === "bench")!.body as unknown as BenchBody;
    const url = `http://127.0.0.1:${port}/predict`;
    expect(kept.load).toMatchObject({ url, method: "POST", rate: 20, seconds: 10, requests: 203, failed: 3 });
    expect(kept.load!.body!.bytes).toBe(3);
    expect(kept.energyPer1000!.value).toBeCloseTo(500, 6);
    expect(kept.throughput.value).toBeCloseTo(20, 6);
    expect(kept.latency!.method).toMatch(/from when the request was due/);
    expect(kept.notices!.join()).toMatch(/memory was not measured.*3 of 203 requests failed: HTTP 503 \(3\)/);
    expect([...keys]).toEqual(["Bearer hidden"]);
    const folder = path.join(here.cwd, ".fairwatt");
    for (const file of fs.readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      const full = path.join(folder, file);
      if (fs.statSync(full).isFile()) expect(fs.readFileSync(full, "utf8")).not.toContain("hidden");
    }
  });

  it("has a process of its own for the load, which takes the plan away", async () => {
    const outfile = path.join(here.cwd, "load.mjs");
    await build({
      ...{ absWorkingDir: ROOT, entryPoints: ["src/tradeoff/bench/load.main.ts"], outfile, bundle: true },
      ...{ platform: "node", format: "esm", target: "node20", logLevel: "error" },
    });
    const url = `http://127.0.0.1:${port}/`;
    const plan = { url, method: "GET", headers: {}, rate: 100, seconds: 0.1, timeout: 5 };
    const file = writeLoadPlan(here.cwd, plan);
    await promisify(execFile)(process.execPath, [outfile, file]);
    expect(fs.existsSync(file)).toBe(false);
    expect(readLoadResult(here.cwd)).toMatchObject({ requests: 10, failures: {} });
    expect(readLoadResult(path.join(here.cwd, "elsewhere"))).toBeUndefined();
  });
});
