/** A powercap tree whose counter rises with the real clock at a known power, so that the truth of a run is known. */

import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

export const WATTS = 40;

/** Keeps energy_uj = watts x monotonic seconds, modulo the wrap, written in place so that no read sees half a number. */
const TICKER = `
const fs = require("node:fs");
const [file, watts, wrapsAt] = [process.argv[1], Number(process.argv[2]), Number(process.argv[3])];
const fd = fs.openSync(file, "r+");
setInterval(() => {
  const seconds = Number(process.hrtime.bigint()) / 1e9;
  const raw = Math.floor(seconds * watts * 1e6) % wrapsAt;
  fs.writeSync(fd, String(raw).padStart(15, "0") + "\\n", 0);
  if (process.ppid === 1) process.exit();
}, 5);
`;

export interface FakePowercap {
  /** Root to be used as /sys. */
  sys: string;
  stop(): void;
}

export function startFakePowercap(folder: string, wrapsAt = 262_143_328_850): FakePowercap {
  const sys = path.join(folder, "sys");
  const zone = path.join(sys, "class/powercap/intel-rapl:0");
  fs.mkdirSync(zone, { recursive: true });
  fs.writeFileSync(path.join(zone, "name"), "package-0\n");
  fs.writeFileSync(path.join(zone, "max_energy_range_uj"), `${wrapsAt}\n`);
  const file = path.join(zone, "energy_uj");
  fs.writeFileSync(file, `${"0".repeat(15)}\n`);
  const ticker: ChildProcess = spawn(process.execPath, ["-e", TICKER, file, String(WATTS), String(wrapsAt)], {
    stdio: "ignore",
  });
  return { sys, stop: () => ticker.kill("SIGKILL") };
}
