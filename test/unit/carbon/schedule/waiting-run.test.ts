import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  readWaiting,
  removeWaiting,
  type WaitingRun,
  waitingFolder,
  writeWaiting,
} from "../../../../src/carbon/schedule/waiting-run.node.ts";
import { hostName, processStart } from "../../../../src/energy/process-identity.node.ts";

let fairwatt: string;
beforeEach(() => {
  fairwatt = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-waiting-"));
});
afterEach(() => fs.rmSync(fairwatt, { recursive: true, force: true }));

const waiting = (change: Partial<WaitingRun> = {}): WaitingRun => ({
  v: 1,
  run: "01JD7QDDDDDDDDDDDDDDDDDDDD",
  name: "train.py",
  host: hostName(),
  pid: process.pid,
  pidStart: processStart(process.pid),
  start: 2_000,
  deadline: 9_000,
  saving: { value: 0.23, low: 0.12, high: 0.31 },
  basis: "1 - planned / now",
  ...change,
});

describe("a waiting run", () => {
  it("is seen with its newest start while its runner lives, and is gone when it starts", async () => {
    expect(await readWaiting(fairwatt)).toEqual([]);
    writeWaiting(fairwatt, waiting());
    writeWaiting(fairwatt, waiting({ start: 3_000 }));
    expect(await readWaiting(fairwatt)).toEqual([waiting({ start: 3_000 })]);
    removeWaiting(fairwatt, waiting().run);
    removeWaiting(fairwatt, waiting().run);
    expect(await readWaiting(fairwatt)).toEqual([]);
    expect(fs.readdirSync(waitingFolder(fairwatt))).toEqual([]);
  });

  it("is not seen when its runner was killed; of another host, nobody here can say", async () => {
    writeWaiting(fairwatt, waiting({ run: "A", pid: 2 ** 22 + 1 }));
    writeWaiting(fairwatt, waiting({ run: "B", pidStart: 1 }));
    writeWaiting(fairwatt, waiting({ run: "C", host: "elsewhere", start: 1_000 }));
    writeWaiting(fairwatt, waiting({ run: "D" }));
    fs.writeFileSync(path.join(waitingFolder(fairwatt), "E.json"), "{");
    expect((await readWaiting(fairwatt)).map(({ run }) => run)).toEqual(["C", "D"]);
  });
});
