/** A ledger of many runs. */

import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { canonicalJson } from "../../../src/ledger/canonical.ts";

/** A chain of entries as `fairwatt run` writes them, a minute apart. */
export function writeRunEntries(folder: string, count: number): void {
  mkdirSync(folder, { recursive: true });
  const energy = {
    value: 3600,
    unit: "J",
    method: "measured",
    instrument: "RAPL package (powercap)",
    covers: ["CPU package 0", "GPU 0"],
    low: 3500,
    high: 3700,
    basis: "all of it measured",
  };
  let parents: string[] = [];
  for (let run = 0; run < count; run++) {
    const startedAt = Date.UTC(2026, 0, 1) + run * 60_000;
    const body = {
      run: `R${run}`,
      name: "train.py",
      argv: ["python", "train.py", "--epochs", "20"],
      cwd: ".",
      host: "h",
      state: "finished",
      exitCode: 0,
      signal: null,
      startedAt: new Date(startedAt).toISOString(),
      endedAt: new Date(startedAt + 60_000).toISOString(),
      durationSeconds: 60,
      energy,
      machineEnergy: energy,
      meters: [
        { id: "rapl:0", label: "CPU package 0", energy, share: "by CPU time" },
        { id: "nvml:0", label: "GPU 0", energy, share: "all of it" },
      ],
      notCovered: ["disk", "network"],
      coverage: 1,
      grid: {
        zone: "DE",
        name: "Germany",
        gramsPerKwh: 342,
        low: 342,
        high: 342,
        year: 2024,
        source: "Ember",
        chosenBy: "fairwatt.toml",
      },
      pue: 1,
      artefacts: [{ path: "model.joblib", bytes: 1000, sha256: "a".repeat(64) }],
      journals: {},
      fairwatt: "0.1.0",
    };
    const time = new Date(startedAt + 61_000).toISOString();
    const bytes = canonicalJson({ v: 1, type: "run", time, parents, body });
    const hash = createHash("sha256").update(bytes).digest("hex");
    writeFileSync(path.join(folder, `${hash}.json`), bytes);
    parents = [hash];
  }
}
