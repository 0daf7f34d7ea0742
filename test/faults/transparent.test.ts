/** What a command sees and does under measurement is what it would see and do alone. */

import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Bench, busyPython, CLI, untilSampled } from "./support/measured.ts";

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.dispose());

const python = process.env.FAIRWATT_PYTHON ?? "python3";

describe("exit codes", () => {
  it.each([0, 1, 3, 77, 255])("%i is passed on", async (code) => {
    const { code: seen } = await bench.start(["sh", "-c", `exit ${code}`]).ended;
    expect(seen).toBe(code);
  });

  it("127 for a command that does not exist, with a sentence", async () => {
    const run = bench.start(["no-such-command-anywhere"]);
    expect((await run.ended).code).toBe(127);
    expect(run.stderr).toContain("no-such-command-anywhere was not found");
  });

  it("126 for a file that may not be executed", async () => {
    fs.writeFileSync(path.join(bench.project, "data.txt"), "x", { mode: 0o644 });
    const run = bench.start(["./data.txt"]);
    expect((await run.ended).code).toBe(126);
    expect(run.stderr).toContain("check its permissions");
  });
});

describe("settings", () => {
  const touch = ["sh", "-c", "echo ran > ran.txt"];
  const ran = () => fs.existsSync(path.join(bench.project, "ran.txt"));

  it.each([
    ["--zone", "Germny", "did you mean DE"],
    ["--interval", "1 hour", "is not an interval"],
  ])("a wrong %s runs nothing, with a sentence", async (option, value, sentence) => {
    const run = bench.start(touch, { args: [option, value] });
    expect((await run.ended).code).toBe(2);
    expect(run.stderr).toContain(sentence);
    expect(ran()).toBe(false);
  });

  it("a wrong project file is told, and the command runs all the same", async () => {
    fs.writeFileSync(path.join(bench.project, "fairwatt.toml"), 'zonee = "DE"\npue = "much"\n');
    const run = bench.start(touch);
    expect((await run.ended).code).toBe(0);
    expect(run.stderr).toContain("fairwatt.toml:1:");
    expect(run.stderr).toContain("fairwatt.toml:2:");
    expect(ran()).toBe(true);
  });

  it("of the project are those of the run", async () => {
    fs.writeFileSync(path.join(bench.project, "fairwatt.toml"), 'zone = "FR"\npue = 1.5\n');
    const run = bench.start(["sleep", "0.5"], { args: ["--json", "out.json"] });
    await run.ended;
    const result = JSON.parse(fs.readFileSync(path.join(bench.project, "out.json"), "utf8"));
    expect(result).toMatchObject({ grid: { zone: "FR" }, pue: 1.5 });
  });
});

describe("streams", () => {
  it("that nobody reads any more stop nothing: `... | head`", () => {
    const line = `{ "${process.execPath}" "${CLI}" run -- sh -c 'sleep 0.3; exit 7'; echo $? > code.txt; } 2>&1 | true`;
    spawnSync("sh", ["-c", line], { cwd: bench.project, env: bench.env });
    expect(fs.readFileSync(path.join(bench.project, "code.txt"), "utf8")).toBe("7\n");
    const help = spawnSync("sh", ["-c", `"${process.execPath}" "${CLI}" help run | true`], {
      encoding: "utf8",
    });
    expect(help.stderr).toBe("");
  });

  it("stdout holds what the command wrote and not a byte more; stdin reaches it", async () => {
    const run = bench.start([python, "-c", "import sys; sys.stdout.write(sys.stdin.read()[::-1])"]);
    run.child.stdin!.end("abc\u00e9");
    await run.ended;
    expect(run.stdout).toBe("\u00e9cba");
  });

  it("arguments arrive as they are, shell or not", async () => {
    const awkward = ["a b", "$HOME", "'\"", "--json", "--", "*", "\\", ""];
    const run = bench.start([python, "-c", "import json,sys; print(json.dumps(sys.argv[1:]))", ...awkward]);
    await run.ended;
    expect(JSON.parse(run.stdout)).toEqual(awkward);
  });

  it("--json writes one object to the file", async () => {
    // What ends before the sampler is up has no energy: this one ends when it is told to, with a figure.
    const run = bench.start([python, "-c", "input(); print(1)"], { args: ["--json", "out.json"] });
    await bench.energy(0.01);
    run.child.stdin!.end("\n");
    await run.ended;
    const result = JSON.parse(fs.readFileSync(path.join(bench.project, "out.json"), "utf8"));
    expect(result).toMatchObject({ state: "finished", exitCode: 0, energy: { unit: "J" } });
    expect(run.stdout).toBe("1\n");
  });

  it("the environment is the user's, plus where marks go", async () => {
    const run = bench.start(
      [
        python,
        "-c",
        "import os; print(os.environ['KEPT'], os.path.basename(os.environ['FAIRWATT_MARKS']), 'FAIRWATT_NEW_RUN_ID' in os.environ)",
      ],
      { env: { KEPT: "yes", FAIRWATT_NEW_RUN_ID: "01M8072V9HC8BT7S68R8WS78GA" } },
    );
    await run.ended;
    expect(run.stdout).toBe("yes marks.jsonl False\n");
    expect(path.basename(bench.runDirectories()[0]!)).toBe("01M8072V9HC8BT7S68R8WS78GA");
  });
});

describe("a training", () => {
  /** Its epochs lie between two samples at least. */
  const SCRIPT = `import os, sys, time
from tqdm import tqdm
${untilSampled(1)}
for epoch in tqdm(range(3)):
    until = time.process_time() + 0.1
    while time.process_time() < until:
        pass
print(os.environ["PYTHONPATH"].split(os.pathsep)[-1] == sys.argv[1], [p for p in sys.path if "hooks" in p])
`;
  const FAKES = path.resolve(import.meta.dirname, "../fixtures/python-frameworks/site-packages");
  const train = async (args: string[]) => {
    fs.writeFileSync(path.join(bench.project, "train.py"), SCRIPT);
    const env = { PYTHONPATH: FAKES, PYTHONDONTWRITEBYTECODE: "1" };
    const run = bench.start([python, "train.py", FAKES], { args: ["--json", "out.json", ...args], env });
    expect(await run.ended).toMatchObject({ code: 0 });
    expect(run.stdout).toBe("True []\n");
    return JSON.parse(fs.readFileSync(path.join(bench.project, "out.json"), "utf8"));
  };

  it("tells its epochs without a line in it, and their energy with the rest is the run's", async () => {
    const { epochs, outsideEpochs, energy } = await train([]);
    expect(epochs.map((each: { index: number }) => each.index)).toEqual([1, 2, 3]);
    const sum = epochs.reduce(
      (total: number, each: { energy: { value: number } }) => total + each.energy.value,
      0,
    );
    expect(sum).toBeGreaterThan(0);
    expect(sum + outsideEpochs.value).toBeCloseTo(energy.value, 6);
  });

  it("tells nothing with --no-hooks", async () => {
    expect(await train(["--no-hooks"])).toMatchObject({ epochs: [], outsideEpochs: null, marks: [] });
  });
});

/** Counts each signal, says so, and ends on the `enough`th of them with code 9. */
const counting = (enough: number) =>
  busyPython(
    20,
    `
seen = []
def got(number, frame):
    seen.append(signal.Signals(number).name)
    print("got", seen[-1], flush=True)
    if len(seen) >= ${enough}:
        time.sleep(0.6)
        sys.exit(9)
for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGQUIT"):
    signal.signal(getattr(signal, name), got)
`,
  );

describe("signals", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGQUIT"] as const)(
    "%s sent to the runner reaches the command once",
    async (signal) => {
      const run = bench.start(counting(1));
      await run.says("started");
      await bench.samplerPid();
      run.child.kill(signal);
      expect((await run.ended).code).toBe(9);
      expect(run.stdout.match(/got/g)).toHaveLength(1);
      expect(run.stdout).toContain(`got ${signal}`);
    },
  );

  it("a command that a signal ends, ends the runner with the same signal", async () => {
    const run = bench.start(busyPython(20, "signal.signal(signal.SIGTERM, signal.SIG_DFL)"));
    await run.says("started");
    await bench.samplerPid();
    run.child.kill("SIGTERM");
    expect(await run.ended).toEqual({ code: null, signal: "SIGTERM" });
    expect((await bench.onlyRun()).state).toBe("stopped");
  });
});

describe("a terminal", () => {
  /** Runs `fairwatt run` in a pseudo terminal; returns what the screen got and how it ended. */
  function inTerminal(
    typed: [shown: string, text: string][],
    command: string[],
    args: string[] = [],
  ): { screen: string; end: string } {
    const helper = path.join(import.meta.dirname, "support/in_terminal.py");
    const { stdout } = spawnSync(
      python,
      [
        helper,
        JSON.stringify(typed),
        process.execPath,
        CLI,
        "run",
        "--interval",
        "0.2",
        ...args,
        "--",
        ...command,
      ],
      {
        cwd: bench.project,
        env: { ...bench.env, TERM: "xterm-256color" },
        encoding: "utf8",
        timeout: 40_000,
      },
    );
    return { screen: stdout, end: /\[\[(.*)\]\]/.exec(stdout)?.[1] ?? "nothing" };
  }

  it("is seen by the command as its own", () => {
    const { screen, end } = inTerminal(
      [],
      [python, "-c", "import sys; print([f.isatty() for f in (sys.stdin, sys.stdout, sys.stderr)])"],
    );
    expect(screen).toContain("[True, True, True]");
    expect(end).toBe("exit 0");
  });

  it("takes what is typed to the command", () => {
    const { screen } = inTerminal([["name\\?", "hello\n"]], [python, "-c", "print('heard', input('name?'))"]);
    expect(screen).toContain("heard hello");
  });

  it("Ctrl-C reaches the command once, and the run is stopped", async () => {
    // With the live line the sampler is there, which tells the runner who got the signal.
    const { screen, end } = inTerminal([["started[^$]*Wh", "\u0003"]], counting(1));
    expect(screen.match(/got SIGINT/g)).toHaveLength(1);
    expect(end).toBe("exit 9");
    expect((await bench.onlyRun()).state).toBe("stopped");
  });

  it("gets a live line and has its scroll region back at the end", () => {
    const { screen } = inTerminal([["W.*Wh", "\n"]], [python, "-c", "input()"]);
    expect(screen).toMatch(/fairwatt.*W.*Wh/);
    expect(screen).toContain("\u001b[r");
  });

  it("gets no live line with --no-live", () => {
    // More samples than it takes to show the line.
    const command = [python, "-c", `${untilSampled(6)}\nprint("done")`];
    const { screen } = inTerminal([], command, ["--no-live"]);
    expect(screen.slice(0, screen.indexOf("done"))).not.toContain("Wh");
  });
});
