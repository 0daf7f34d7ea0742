/** Runs Python under the training hooks, as `fairwatt run` does, with stand-ins for the frameworks. */

import { type ExecFileException, execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

export const HOOKS = fileURLToPath(new URL("../../../src/python/hooks", import.meta.url));
const FAKES = fileURLToPath(new URL("../../fixtures/python-frameworks/site-packages", import.meta.url));
const PYTHON = process.env.FAIRWATT_PYTHON ?? "python3";

/** Marks are written at most ten times a second; a test that counts them wants each. */
export const EVERY_MARK = `import fairwatt_hooks.training as _hooks
_hooks._PAUSES = dict.fromkeys(_hooks._PAUSES, 0)
`;

export interface Hooked {
  code: number;
  stdout: string;
  stderr: string;
  /** Records of marks.jsonl without version and type. */
  marks: Record<string, unknown>[];
  folder: string;
}

export interface HookedOptions {
  env?: NodeJS.ProcessEnv;
  /** Arguments of the interpreter. */
  flags?: string[];
  /** Arguments of the program. */
  args?: string[];
  /** Written before it starts, by name. */
  files?: Record<string, string>;
  /** An interpreter with the real frameworks, in the place of one with the stand-ins. */
  python?: string;
  /** Without the hooks: what the program does alone. */
  alone?: boolean;
}

export async function hooked(script: string, options: HookedOptions = {}): Promise<Hooked> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-hooks-"));
  try {
    for (const [name, text] of Object.entries({ "train.py": script, ...options.files })) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
    const marks = path.join(folder, "marks.jsonl");
    const onPath = [
      ...(options.alone ? [] : [HOOKS]),
      path.join(folder, "first"),
      ...(options.python ? [] : [FAKES]),
    ];
    const env: NodeJS.ProcessEnv = {
      PATH: process.env.PATH,
      // Not beside the sources; the real frameworks keep theirs, or each start would compile them.
      ...(!options.python && { PYTHONDONTWRITEBYTECODE: "1" }),
      PYTHONPATH: onPath.join(path.delimiter),
      ...(!options.alone && { FAIRWATT_MARKS: marks }),
      ...options.env,
    };
    const answer = await new Promise<Omit<Hooked, "marks" | "folder">>((resolve) => {
      execFile(
        options.python ?? PYTHON,
        [...(options.flags ?? []), path.join(folder, "train.py"), ...(options.args ?? [])],
        { cwd: folder, env },
        (error: ExecFileException | null, stdout, stderr) =>
          resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, stdout, stderr }),
      );
    });
    return { ...answer, folder, marks: readMarks(marks) };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function readMarks(file: string): Record<string, unknown>[] {
  if (!fs.existsSync(file)) return [];
  const lines = fs.readFileSync(file, "utf8").split("\n");
  if (lines.pop() !== "") throw new Error("the last line is torn");
  return lines.map((line) => {
    const { v: _v, type: _type, ...record } = JSON.parse(line) as Record<string, unknown>;
    return record;
  });
}

/** "epoch 1/3 loss=0.5", "phase train", ... */
export function told({ marks }: Hooked): string[] {
  return marks.map(({ kind, index, total, name, metrics, samples }) => {
    const numbers = Object.entries((metrics ?? {}) as Record<string, number>).map(
      ([key, value]) => `${key}=${Number(value.toFixed(3))}`,
    );
    const place = index === undefined ? "" : ` ${index}${total === undefined ? "" : `/${total}`}`;
    return [
      `${kind}${place}${name === undefined ? "" : ` ${name}`}`,
      ...(samples === undefined ? [] : [`${samples} rows`]),
      ...numbers,
    ].join(" ");
  });
}
