/** The table of faults: each is put into a run that is being measured, and what must hold afterwards is looked at. */

import { describe, it } from "vitest";
import { check } from "./table/aftermath.ts";
import { FAULTS } from "./table/index.ts";
import { Scene } from "./table/scene.ts";
import { killSixtyTimes } from "./table/sixty-kills.ts";

describe.runIf(process.platform === "linux")("a run in which", () => {
  it.concurrent("the sampler is killed sixty times", { timeout: 180_000 }, killSixtyTimes);

  // They wait for each other's processes hardly at all, and most of the time for a sample.
  it.concurrent.for(FAULTS.map((fault) => [`${fault.fault} (${fault.by})`, fault] as const))(
    "%s",
    { timeout: 120_000 },
    async ([, fault], { onTestFinished }) => {
      const scene = new Scene();
      onTestFinished(() => scene.dispose());
      await scene.begin(fault);
      await fault.inject(scene);
      scene.enough();
      await check(scene, fault);
    },
  );
});
