/** Measures and closes many runs of one project at once, in this process: many-runs PROJECT SAMPLER FIRST COUNT. Each command ends with a code of its own. */

import { createRunDirectory } from "../../../src/cli/run-place.ts";
import { runMeasured } from "../../../src/energy/runner.node.ts";
import { closeRun } from "../../../src/ledger/close-run.node.ts";

const [project = "", sampler = "", first = "0", count = "0"] = process.argv.slice(2);
process.setMaxListeners(0);
process.chdir(project);

async function one(
  number: number,
): Promise<{ run: string; wanted: number; code: number | null; problems: string[] }> {
  const wanted = number % 100;
  const place = createRunDirectory(project);
  const { exitCode, journalFailure } = await runMeasured({
    run: place.run,
    runDirectory: place.runDirectory,
    folder: project,
    command: ["sh", "-c", `exit ${wanted}`],
    cwd: project,
    name: "true",
    fairwatt: "0",
    samplerEntry: sampler,
    settings: () => ({ interval: 1, pue: 1, attribution: "process" }),
  });
  const { problems } = await closeRun(place.runDirectory, { fairwatt: place.fairwatt });
  return {
    run: place.run,
    wanted,
    code: exitCode,
    problems: [...problems, ...(journalFailure ? [journalFailure] : [])],
  };
}

const numbers = Array.from({ length: Number(count) }, (_, index) => Number(first) + index);
console.log(JSON.stringify(await Promise.all(numbers.map(one))));
