/** What the whole machine is using: CPU time since boot, memory now. Linux reads /proc; elsewhere Node says it. */

import * as os from "node:os";
import * as path from "node:path";
import { KeptProcFile } from "./proc-file.node.ts";

const TICKS_PER_SECOND = 100;
/** Bytes: the sum of all processors is the first line of `stat`, the available memory the third of `meminfo`. */
const FIRST_LINES = 512;

export class MachineUse {
  private readonly stat: KeptProcFile;
  private readonly meminfo: KeptProcFile;

  constructor(
    proc: string,
    private readonly platform: NodeJS.Platform = process.platform,
  ) {
    this.stat = new KeptProcFile(path.join(proc, "stat"), FIRST_LINES);
    this.meminfo = new KeptProcFile(path.join(proc, "meminfo"), FIRST_LINES);
  }

  /** CPU seconds that all processors were busy since boot (user, nice, system, irq, softirq; not idle, waiting or stolen). */
  busySeconds(): number | undefined {
    if (this.platform !== "linux") {
      const busy = os.cpus().map(({ times }) => times.user + times.nice + times.sys + times.irq);
      return busy.length > 0 ? busy.reduce((sum, milliseconds) => sum + milliseconds, 0) / 1000 : undefined;
    }
    const text = this.stat.read();
    if (!text?.startsWith("cpu ")) return undefined;
    // Two blanks stand after "cpu". Without a regular expression: those are slow where nothing is compiled.
    const [, , user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = text
      .slice(0, text.indexOf("\n"))
      .split(" ", 9)
      .map(Number);
    return (user + nice + system + irq + softirq) / TICKS_PER_SECOND;
  }

  /** Bytes of memory in use: total less available. */
  memoryInUse(): number | undefined {
    if (this.platform !== "linux") return os.totalmem() - os.freemem();
    const text = this.meminfo.read() ?? "";
    const kilobytes = (name: string) => {
      const at = text.indexOf(`${name}:`);
      return at < 0
        ? Number.NaN
        : Number.parseInt(text.slice(at + name.length + 1, at + name.length + 30), 10);
    };
    const used = (kilobytes("MemTotal") - kilobytes("MemAvailable")) * 1024;
    return Number.isFinite(used) ? used : undefined;
  }

  close(): void {
    this.stat.close();
    this.meminfo.close();
  }
}
