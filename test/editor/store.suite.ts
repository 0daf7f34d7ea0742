import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type { RunChange } from "../../src/editor/runs/run-store.ts";
import { api, commandLine, eventually, workspaceRoot } from "./support.ts";

describe("the run store", function () {
  this.timeout(60_000);
  const id = "01JD7QAAAAAAAAAAAAAAAAAAAA";
  const directory = () => path.join(workspaceRoot(), ".fairwatt", "runs", id);
  const heard: RunChange[] = [];
  let listener: { dispose(): void };

  before(async () => {
    listener = (await api()).onDidChangeRuns((change) => {
      if (change.run.id === id) heard.push(change);
    });
  });
  after(() => {
    listener.dispose();
    fs.rmSync(directory(), { recursive: true, force: true });
  });

  it("picks up a run that another terminal starts, live and to its end", async () => {
    const script = "import time; e=time.time()+2.5\nwhile time.time()<e: sum(range(100000))";
    // The workspace is made the run's folder even where it lies in another project.
    fs.mkdirSync(path.join(workspaceRoot(), ".fairwatt"), { recursive: true });
    const args = [
      "run",
      "--zone",
      "FR",
      "--interval",
      "200ms",
      "--name",
      "outside",
      "--",
      "python3",
      "-c",
      script,
    ];
    const ended = commandLine(args, workspaceRoot(), { FAIRWATT_NEW_RUN_ID: id });
    await eventually("the run is live here", () => heard.find((change) => change.run.state === "running"));
    assert.equal((await ended).code, 0);
    const run = await eventually("the run has ended here", () =>
      heard.find((change) => change.run.state === "finished"),
    );
    assert.equal(heard[0]?.kind, "added");
    assert.equal(run.run.name, "outside");
    assert.equal(run.run.grid?.zone, "FR");
    assert.ok(run.run.energy.value > 0);
  });

  it("agrees with the command line on the figures", async () => {
    const shown = JSON.parse((await commandLine(["show", id, "--json"], workspaceRoot())).stdout);
    const text = JSON.stringify(shown);
    const run = (await api()).runs().find((each) => each.id === id)!;
    assert.ok(text.includes(String(run.energy.value)), `${run.energy.value} is not in ${text.slice(0, 400)}`);
  });

  it("notices that a run was deleted", async () => {
    fs.rmSync(directory(), { recursive: true });
    await eventually("removed", () => heard.find((change) => change.kind === "removed"));
    assert.equal(
      (await api()).runs().some((run) => run.id === id),
      false,
    );
  });

  it("is not disturbed by folders that are not runs", async () => {
    const runs = path.join(workspaceRoot(), ".fairwatt", "runs");
    const strange = ["not-a-run", "01JD7QBBBBBBBBBBBBBBBBBBBB", "01JD7QCCCCCCCCCCCCCCCCCCCC"];
    for (const name of strange) fs.mkdirSync(path.join(runs, name), { recursive: true });
    fs.writeFileSync(path.join(runs, strange[1]!, "host.1.jsonl"), '{"torn":');
    fs.writeFileSync(path.join(runs, strange[2]!, "summary.json"), "[]");
    try {
      const fairwatt = await api();
      await fairwatt.refresh();
      for (const name of strange)
        assert.equal(
          fairwatt.runs().some((run) => run.id === name),
          false,
        );
    } finally {
      for (const name of strange) fs.rmSync(path.join(runs, name), { recursive: true });
    }
  });
});
