/** A Node that does not know the sampler's engine flags: it is measured all the same. */

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import type { JournalRecord } from "../../src/energy/journal.ts";
import { SamplerProcess } from "../../src/energy/sampler-process.node.ts";
import { CLI, until } from "./support/measured.ts";

describe("the sampler", () => {
  it.each([
    ["with the flags it is started with", undefined],
    ["without flags where one of them is refused", ["--no-such-flag-of-node"]],
  ])("measures %s", async (_, flags) => {
    const runDirectory = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-flags-"));
    const heard: JournalRecord["type"][] = [];
    const orders = { run: "01RUN", runDirectory, interval: 0.2, runner: process.pid, cwd: runDirectory };
    const sampler = new SamplerProcess(
      orders,
      path.join(path.dirname(CLI), "sampler.mjs"),
      { onRecord: ({ type }) => heard.push(type), onGap: () => undefined },
      { flags },
    );
    try {
      await until(
        () => (heard.filter((type) => type === "sample").length >= 2 ? true : undefined),
        "two samples",
      );
      expect(heard[0]).toBe("start");
    } finally {
      await sampler.finish();
      fs.rmSync(runDirectory, { recursive: true, force: true });
    }
  });
});
