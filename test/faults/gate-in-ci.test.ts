/** The step of a workflow and the hook, as a CI runs them. */

import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { CLI } from "./support/measured.ts";

const root = path.resolve(import.meta.dirname, "../..");
let project: string;
beforeEach(() => {
  project = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-gate-"));
  fs.writeFileSync(path.join(project, "fairwatt.toml"), 'zone = "FR"\n');
});
afterEach(() => fs.rmSync(project, { recursive: true, force: true }));

const read = (name: string) => fs.readFileSync(path.join(root, name), "utf8");
const env = () => ({
  ...process.env,
  XDG_STATE_HOME: path.join(project, "state"),
  GITHUB_ACTION_PATH: root,
  GITHUB_STEP_SUMMARY: path.join(project, "summary.md"),
});
/** What the composite action runs. */
function step() {
  const [{ run, env: named }] = parse(read("action.yml")).runs.steps;
  expect(Object.keys(named)).toEqual(["FAIRWATT_SARIF"]);
  return spawnSync("bash", ["-c", run], {
    cwd: project,
    env: { ...env(), FAIRWATT_SARIF: "found.sarif" },
    encoding: "utf8",
  });
}

describe("the action's step", () => {
  it("is open for a project without models, and says so", () => {
    const { status, stdout } = step();
    expect(stdout).toMatch(/The gate is open\./);
    expect(status).toBe(0);
    expect(JSON.parse(fs.readFileSync(path.join(project, "found.sarif"), "utf8")).version).toBe("2.1.0");
    expect(fs.readFileSync(path.join(project, "summary.md"), "utf8")).toContain("the gate is open");
  });

  it("stops where a model was trained and nobody audited it", () => {
    const trained = spawnSync(process.execPath, [CLI, "run", "--", "sh", "-c", "echo model > m.joblib"], {
      cwd: project,
      env: env(),
    });
    expect(trained.status).toBe(0);
    const { status, stdout } = step();
    expect(status).toBe(1);
    expect(stdout).toMatch(/m\.joblib .* has no fairness audit/);
    const { runs } = JSON.parse(fs.readFileSync(path.join(project, "found.sarif"), "utf8"));
    expect(runs[0].results).toMatchObject([{ ruleId: "audit-missing", level: "error" }]);
  });
});

describe("the hook", () => {
  it("runs the same", () => {
    const hook = parse(read(".pre-commit-hooks.yaml")).find(
      ({ id }: { id: string }) => id === "fairwatt-gate",
    );
    const [program, ...args] = hook.entry.split(" ");
    expect([program, hook.pass_filenames]).toEqual(["fairwatt", false]);
    const { status } = spawnSync(process.execPath, [CLI, ...args], { cwd: project, env: env() });
    expect(status).toBe(0);
  });
});
