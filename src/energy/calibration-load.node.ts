/** A load that is known: a child process that keeps a number of threads busy. */

import { spawn } from "node:child_process";

/**
 * Floating-point work that nothing can leave out, in as many threads as told; it ends by itself after the seconds told,
 * should whoever started it be gone.
 */
const PROGRAM = `
const { Worker } = require("node:worker_threads");
const [threads, seconds] = process.argv.slice(1).map(Number);
const work = "let x = 1; for (;;) { x = Math.sqrt(x * x + 1.000001) * 0.999; if (x === Infinity) x = 1; }";
for (let i = 0; i < threads; i++) new Worker(work, { eval: true });
setTimeout(() => process.exit(), seconds * 1000);
`;

export interface Load {
  stop(): void;
}

export function burn(threads: number, seconds: number): Load {
  if (threads === 0) return { stop: () => undefined };
  const env = { ...process.env };
  delete env.NODE_OPTIONS;
  const child = spawn(process.execPath, ["-e", PROGRAM, String(threads), String(seconds + 5)], {
    stdio: "ignore",
    env,
    windowsHide: true,
  });
  child.once("error", () => undefined);
  return {
    stop: () => {
      child.kill("SIGKILL");
    },
  };
}
