/** Which processes could be measured, for a person who has to choose. */

import { isPython, type ProcessFacts, processesOf, processName } from "../energy/process-facts.node.ts";
import { formatDuration } from "../quantity.ts";
import { commandWords } from "../report/run-words.ts";
import { printable } from "./printable.ts";
import { dim, formatTable, print, printJson } from "./table.ts";

/** Prints this user's Python processes. Exit code 2 where there is no such list. */
export async function listAttachable({ json }: { json?: boolean }): Promise<number> {
  const uid = process.getuid?.();
  if (process.platform !== "linux" || uid === undefined) {
    process.stderr.write(
      "fairwatt: a running process can be measured on Linux only. Start it with `fairwatt run` instead\n",
    );
    return 2;
  }
  const found = processesOf(uid).filter(isPython);
  if (json) await printJson(found.map(record));
  else if (found.length === 0) {
    await print([
      "No Python process of yours runs here. Any other is measured by: fairwatt attach --pid PID",
    ]);
  } else {
    const columns = [
      { title: "pid", align: "right" },
      { title: "age", align: "right" },
      { title: "command" },
    ] as const;
    const rows = found.map(({ pid, age, argv }) => [
      String(pid),
      formatDuration(age),
      printable(commandWords(argv)),
    ]);
    await print([...formatTable(columns, rows), "", dim("Measure one with: fairwatt attach --pid PID")]);
  }
  return 0;
}

function record({ pid, pidStart, argv, cwd, age }: ProcessFacts) {
  return { pid, pidStart, name: processName(argv), argv, cwd: cwd ?? null, ageSeconds: age };
}
