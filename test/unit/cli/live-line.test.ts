import { EventEmitter } from "node:events";
import headless from "@xterm/headless";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLiveLine, type LiveLine, truncateToWidth } from "../../../src/cli/live-line.ts";

/** A real terminal emulator; the command and the live line write into it like into one tty. */
class FakeTerminal extends EventEmitter {
  readonly fd = 2;
  readonly terminal: headless.Terminal;
  writes: string[] = [];
  constructor(
    public columns = 60,
    public rows = 8,
  ) {
    super();
    this.terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
  }
  line(): LiveLine {
    return createLiveLine(this, (bytes) => {
      this.writes.push(bytes);
      this.command(bytes);
    });
  }
  resize(columns: number, rows: number): void {
    this.terminal.resize(columns, rows);
    this.columns = columns;
    this.rows = rows;
    this.emit("resize");
  }
  /** At once: the public write() waits for timers, which stand still here. */
  command(text: string): void {
    (this.terminal as unknown as { _core: { writeSync(data: string): void } })._core.writeSync(text);
  }
  screen(): string[] {
    const buffer = this.terminal.buffer.active;
    return Array.from({ length: this.rows }, (_, row) =>
      (buffer.getLine(buffer.viewportY + row)?.translateToString(true) ?? "").trimEnd(),
    );
  }
  everything(): string[] {
    const buffer = this.terminal.buffer.active;
    return Array.from(
      { length: buffer.length },
      (_, row) => buffer.getLine(row)?.translateToString(true).trimEnd() ?? "",
    );
  }
}

describe("live line", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    vi.stubEnv("TERM", "xterm-256color");
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
  });

  it("stays on the last row while a progress bar moves and lines scroll above it", () => {
    const tty = new FakeTerminal(60, 8);
    tty.command("$ fairwatt run\n".repeat(7));
    const line = tty.line();
    line.update("fairwatt  0:01  85 W");
    for (let epoch = 1; epoch <= 20; epoch++) {
      tty.command(`epoch ${epoch}\n`);
      for (const percent of [10, 50, 100]) tty.command(`\r\x1b[32m${percent}%|####|\x1b[0m`);
      if (epoch === 10) {
        vi.advanceTimersByTime(1000);
        line.update("fairwatt  0:02  86 W");
      }
    }
    const screen = tty.screen();
    expect(screen[7]).toBe("fairwatt  0:02  86 W");
    expect(screen.slice(3, 7)).toEqual([
      "100%|####|epoch 18",
      "100%|####|epoch 19",
      "100%|####|epoch 20",
      "100%|####|",
    ]);
    line.close();
    tty.command("\nSaved.\n$ ");
    const after = tty.everything();
    expect(after.filter((row) => row.includes("fairwatt  "))).toEqual([]);
    expect(after.filter((row) => row.includes("epoch")).length).toBe(20);
    expect(tty.screen().filter(Boolean).at(-1)).toBe("$");
  });

  it("keeps the column of a line that the command has begun on the last row", () => {
    const tty = new FakeTerminal(40, 5);
    tty.command("1\n2\n3\n4\nloading");
    tty.line().update("live");
    tty.command(" ... done");
    expect(tty.screen()).toEqual(["2", "3", "4", "loading ... done", "live"]);
  });

  it("writes once per update and at most once a second, the newest text last", () => {
    const tty = new FakeTerminal();
    const line = tty.line();
    for (let i = 0; i < 50; i++) {
      line.update(`text ${i}`);
      vi.advanceTimersByTime(100);
    }
    // At 0, 1, ... 5 s.
    expect(tty.writes.length).toBe(6);
    vi.advanceTimersByTime(1000);
    expect(tty.screen().at(-1)).toBe("text 49");
  });

  it.each([
    [60, 12],
    [60, 5],
    [30, 8],
  ])("has one line, on the last row, after the terminal became %d x %d", (columns, rows) => {
    const tty = new FakeTerminal(60, 8);
    const line = tty.line();
    tty.command("one\ntwo\nthree\n");
    line.update("fairwatt live");
    tty.resize(columns, rows);
    for (let i = 0; i < 30; i++) tty.command(`epoch ${i}\n`);
    const screen = tty.screen();
    expect(screen.at(-1)).toBe("fairwatt live");
    expect(screen.at(-3)).toBe("epoch 29");
    expect(tty.everything().filter((row) => row === "fairwatt live")).toHaveLength(1);
    line.close();
    expect(tty.everything().filter((row) => row === "fairwatt live")).toHaveLength(0);
  });

  it("writes nothing where there is no room, and takes the row when there is", () => {
    const tty = new FakeTerminal(60, 3);
    const line = tty.line();
    line.update("fairwatt live");
    expect(tty.writes).toEqual([]);
    tty.resize(60, 10);
    expect(tty.screen().at(-1)).toBe("fairwatt live");
    tty.resize(60, 2);
    line.close();
    expect(tty.terminal.buffer.active.length).toBeGreaterThan(0);
  });

  it("writes nothing on a dumb terminal", () => {
    vi.stubEnv("TERM", "dumb");
    const tty = new FakeTerminal();
    const line = tty.line();
    line.update("fairwatt live");
    line.close();
    expect(tty.writes).toEqual([]);
  });

  it("gives the row back when the process exits without closing it, and listens no longer", () => {
    const before = process.listenerCount("exit");
    const tty = new FakeTerminal(60, 8);
    tty.line().update("fairwatt live");
    const listener = process.listeners("exit").at(-1) as () => void;
    expect(process.listenerCount("exit")).toBe(before + 1);
    listener();
    expect(process.listenerCount("exit")).toBe(before);
    expect(tty.listenerCount("resize")).toBe(0);
    tty.command("x\n".repeat(20));
    expect(tty.screen()).toEqual([...Array(7).fill("x"), ""]);
  });
});

describe("truncateToWidth", () => {
  it("counts columns, not code units, and cuts between characters", () => {
    expect(truncateToWidth("Deutschland", 20)).toBe("Deutschland");
    expect(truncateToWidth("Deutschland", 5)).toBe("Deut…");
    expect(truncateToWidth("日本語の名前", 6)).toBe("日本…");
    expect(truncateToWidth("👩‍👩‍👧 family", 3)).toBe("👩‍👩‍👧…");
  });
});
