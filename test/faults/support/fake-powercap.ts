/** A powercap tree whose counter rises with the real clock at a known power, so that the truth of a run is known. */

import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

export const WATTS = 40;

/**
 * Keeps energy_uj = watts x monotonic seconds + what was added, modulo the wrap, written in place so that no read sees half a
 * number. It begins in the middle of its range: a jump does not cross the wrap by chance. It counts from the moment its file is
 * there, so that who reads before the first tick sees a late one. A word on its standard input changes that; it ends when nobody
 * speaks to it any more.
 */
const TICKER = `
const fs = require("node:fs");
const [file, ...numbers] = process.argv.slice(1);
const [watts, wrapsAt] = numbers.map(Number);
const begun = BigInt(numbers[2]);
const fd = fs.openSync(file, "r+");
let added = wrapsAt / 2;
let gone = false;
const counted = () => (Number(process.hrtime.bigint() - begun) / 1e9) * watts * 1e6 + added;
const tick = () => gone || fs.writeSync(fd, String(Math.floor(counted()) % wrapsAt).padStart(15, "0") + "\\n", 0);
setInterval(tick, 10);
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const [word, amount] = line.split(" ");
  if (word === "add") added += Number(amount);
  if (word === "restart") added -= counted();
  gone = word === "gone";
  if (gone) fs.ftruncateSync(fd, 0);
  tick();
}).on("close", () => process.exit());
`;

/** A package counter that can be made to misbehave. */
export interface FakePowercap {
  /** Root to be used as /sys. */
  sys: string;
  /** It has counted so many joules that nobody used. */
  jump(joules: number): void;
  /** It begins at 0 again. */
  restart(): void;
  /** It cannot be read until it jumps, restarts or comes back. */
  vanish(): void;
  comeBack(): void;
  stop(): void;
}

export function startFakePowercap(folder: string, wrapsAt = 262_143_328_850): FakePowercap {
  const sys = path.join(folder, "sys");
  const zone = path.join(sys, "class/powercap/intel-rapl:0");
  fs.mkdirSync(zone, { recursive: true });
  fs.writeFileSync(path.join(zone, "name"), "package-0\n");
  fs.writeFileSync(path.join(zone, "max_energy_range_uj"), `${wrapsAt}\n`);
  const file = path.join(zone, "energy_uj");
  fs.writeFileSync(file, `${String(wrapsAt / 2).padStart(15, "0")}\n`);
  const numbers = [WATTS, wrapsAt, process.hrtime.bigint()].map(String);
  const ticker: ChildProcess = spawn(process.execPath, ["-e", TICKER, file, ...numbers], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  ticker.stdin!.on("error", () => undefined);
  const tell = (word: string) => void ticker.stdin!.write(`${word}\n`);
  return {
    sys,
    jump: (joules) => tell(`add ${joules * 1e6}`),
    restart: () => tell("restart"),
    vanish: () => tell("gone"),
    comeBack: () => tell("back"),
    stop: () => ticker.kill("SIGKILL"),
  };
}
