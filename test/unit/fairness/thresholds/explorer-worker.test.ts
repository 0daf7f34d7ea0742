import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { TableError } from "../../../../src/fairness/table/table-error.ts";
import { rowsOf } from "../../../../src/fairness/thresholds/score-counts.ts";
import { ExplorerWorker } from "../../../../src/fairness/thresholds/worker-client.node.ts";

const GERMAN = fileURLToPath(new URL("../vectors/german_credit/data.csv", import.meta.url));
const SOURCE = fileURLToPath(
  new URL("../../../../src/fairness/thresholds/explorer.worker.main.ts", import.meta.url),
);
const ROLES = {
  task: "binary",
  label: "class",
  prediction: "predicted_class",
  score: "score",
  positive: "1",
  sensitive: ["sex", "age_group"],
} as const;

let folder: string;
let file: string;
let worker: ExplorerWorker;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-explorer-"));
  file = path.join(folder, "explorer.worker.mjs");
  const banner =
    "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
  await build({
    entryPoints: [SOURCE],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    banner: { js: banner },
  });
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
afterEach(() => worker.dispose());

describe("the explorer's worker", () => {
  it("opens a table and hands over the counts of its cells", async () => {
    worker = new ExplorerWorker(file);
    const opened = await worker.ask("open", { file: GERMAN, roles: ROLES });
    expect(opened.attributes).toEqual(["sex", "age_group"]);
    expect(opened.cells.map(({ key }) => key.join())).toEqual([
      "female,older",
      "female,young",
      "male,older",
      "male,young",
    ]);
    expect(opened.cells.reduce((sum, { counts }) => sum + rowsOf(counts), 0)).toBe(1000);
    expect(opened.features).toContain("credit_amount");
    expect(opened.features).not.toContain("score");
  });

  it("slices it by a feature, and finds the nearest row decided the other way", async () => {
    worker = new ExplorerWorker(file);
    await worker.ask("open", { file: GERMAN, roles: ROLES });
    const { cells } = await worker.ask("facet", { feature: "credit_amount" });
    expect(new Set(cells.map(({ key }) => key[2])).size).toBe(6);
    expect(cells.reduce((sum, { counts }) => sum + rowsOf(counts), 0)).toBe(1000);
    const ask = { row: 0, distance: "l1" as const, thresholds: new Float64Array(4).fill(0.5) };
    const { point, nearest } = await worker.ask("nearest", ask);
    expect([point.selected, nearest?.selected]).toEqual([true, false]);
  });

  it("tells what a person can mend from what went wrong", async () => {
    worker = new ExplorerWorker(file);
    const { score: _, ...without } = ROLES;
    await expect(worker.ask("open", { file: GERMAN, roles: without })).rejects.toThrow(TableError);
    await expect(worker.ask("open", { file: "/no/such.csv", roles: ROLES })).rejects.toThrow("ENOENT");
    await expect(
      worker.ask("nearest", { row: 0, distance: "l1", thresholds: new Float64Array() }),
    ).rejects.toThrow("no table is open");
    await expect(
      worker.ask("open", { file: GERMAN, roles: { ...ROLES, sensitive: ["credit_amount", "age"] } }),
    ).resolves.toMatchObject({ rows: 1000 });
  });

  it("ends when it is not needed any more, and tells who waits", async () => {
    worker = new ExplorerWorker(file);
    const asked = worker.ask("open", { file: GERMAN, roles: ROLES });
    worker.dispose();
    await expect(asked).rejects.toThrow("ended");
    await expect(worker.ask("open", { file: GERMAN, roles: ROLES })).rejects.toThrow("ended");
  });
});
