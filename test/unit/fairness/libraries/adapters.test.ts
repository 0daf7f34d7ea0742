import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askLibrary } from "../../../../src/fairness/libraries/ask-library.node.ts";
import { raises } from "../../../../src/fairness/libraries/compare.ts";
import { chooseInterpreter } from "../../../../src/fairness/libraries/interpreter.node.ts";
import { LIBRARY_NAMES } from "../../../../src/fairness/libraries/library-answer.ts";
import { libraryRequest } from "../../../../src/fairness/libraries/library-request.ts";
import { vectorTable } from "../vectors.ts";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-libraries-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A program that answers in place of Python. */
function fake(lines: string, exitCode = 0): string {
  const file = path.join(folder, "python");
  fs.writeFileSync(file, `#!/bin/sh\ncat > /dev/null\ncat <<'END'\n${lines}\nEND\nexit ${exitCode}\n`, {
    mode: 0o755,
  });
  return file;
}

const answerOf = (values: Record<string, number | string>) =>
  JSON.stringify({
    schema: "fairwatt.library/1",
    adapter: {
      library: "fairlearn",
      version: "0.14.0",
      python: "3.12.1",
      executable: "/p",
      dependencies: {},
    },
    status: "ok",
    reason: null,
    results: [{ by: ["group"], view: "fairlearn", left_out: 0, values }],
    warnings: [],
    timing_ms: 12,
  });

async function ask(program: string) {
  const { spec, table } = await vectorTable("own_basic");
  const question = { table, groupings: [["group"]], reference: spec.privileged };
  const [comparison] = await askLibrary("fairlearn", [question], { command: [program], source: "test" });
  return comparison!;
}

describe("a library in the user's interpreter", () => {
  it("is compared number by number; an error that it raises is no number", async () => {
    const { views } = await ask(
      fake(
        answerOf({
          "selection_rate overall": 0.5,
          "demographic_parity_difference[between_groups]": "ZeroDivisionError: none",
          "unheard of": 1,
        }),
      ),
    );
    const [rate, parity, other] = views[0]!.values;
    expect(rate).toMatchObject({ library: 0.5, agrees: false });
    expect(rate!.difference).toBeCloseTo(0.5 - (rate!.native as number), 12);
    expect(parity).toMatchObject({ difference: null, agrees: null });
    expect(raises(parity!.library)).toBe(true);
    expect(other).toMatchObject({ native: null, agrees: null });
  });

  it("that prints nothing, rubbish or another shape gives no numbers and says so", async () => {
    for (const line of ["", "not json", '{"schema":"other"}']) {
      const { status, reason, views } = await ask(fake(line, 3));
      expect({ status, views }).toEqual({ status: "unavailable", views: [] });
      expect(reason!.message).toContain("gave no answer (exit code 3)");
    }
  });

  it("whose Python is not there says so", async () => {
    const { reason } = await ask(path.join(folder, "nowhere"));
    expect(reason).toMatchObject({ code: "no_interpreter", install: null });
  });

  it("gets missing values as -1, and the positive class as 1", async () => {
    const { spec, table } = await vectorTable("own_missing_sensitive");
    const request = libraryRequest({ table, groupings: [["group"]], reference: spec.privileged });
    expect(request.attributes[0]!.codes).toContain(-1);
    expect(new Set(request.label)).toEqual(new Set([0, 1]));
    expect(request.weights).toBeNull();
  });
});

describe.each(LIBRARY_NAMES)("%s in a Python that lacks it", (library) => {
  it("is unavailable, with the module and the line that would install it into that Python", async () => {
    const { spec, table } = await vectorTable("own_basic");
    // An isolated Python without its site packages: no library is in it, on any machine.
    const interpreter = { command: ["python3", "-S", "-s", "-E"], source: "PATH" };
    const question = { table, groupings: [["group"]], reference: spec.privileged };
    const [comparison] = await askLibrary(library, [question], interpreter);
    const { status, reason, adapter } = comparison!;
    expect(status).toBe("unavailable");
    expect(reason).toMatchObject({ code: "missing_module", module: library });
    expect(reason!.install).toEqual([adapter.executable, "-m", "pip", "install", library]);
    expect(adapter.python).toMatch(/^3\.\d+\.\d+$/);
    expect(fs.existsSync(path.join("src", "python", "fairwatt_adapters", "__pycache__"))).toBe(false);
  });
});

describe("which Python is used", () => {
  const python = (name: string) => {
    const file = path.join(folder, name, "bin", "python");
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, "#!/bin/sh\n", { mode: 0o755 });
    return file;
  };

  it("is the one named, else the project's, else an environment's, else the PATH's", async () => {
    const [named, own, found] = [python("named"), python("own"), python(".venv")];
    const project = { value: "own", file: path.join(folder, "fairwatt.toml") };
    const folders = [folder];
    const cwd = folder;
    expect(await chooseInterpreter({ option: "named", project, folders, cwd })).toEqual({
      command: [named],
      source: "--python",
    });
    expect(await chooseInterpreter({ project, folders, cwd })).toEqual({
      command: [own],
      source: "python in fairwatt.toml",
    });
    expect((await chooseInterpreter({ folders, cwd })).command).toEqual([found]);
    expect((await chooseInterpreter({ folders: [], cwd })).source).toBe("PATH");
  });

  it("is not another one in its place where the one named is none", async () => {
    await expect(chooseInterpreter({ option: "./absent", folders: [], cwd: folder })).rejects.toThrow(
      '--python names "./absent", which is neither a Python nor an environment\'s folder',
    );
  });
});
