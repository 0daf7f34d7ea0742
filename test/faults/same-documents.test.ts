/** Documents of one ledger, written in another folder, language and time zone. */

import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CLI } from "./support/measured.ts";

const PROJECT = `zone = "DE"
[instruments.residual-mix]
g-per-kwh = 620
year = 2024
source = "AIB"
[report]
system = "I\u0130\u0131i scorer"
annex-iii = "5(b)"
[budget]
period = "month"
kgco2e = 1000
`;
const TABLE = `y,p,sex\n${Array.from({ length: 200 }, (_, row) => `${row % 3 ? 1 : 0},${row % 4 ? 1 : 0},${row % 2 ? "f" : "\u0131"}`).join("\n")}\n`;

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-same-"));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

function call(folder: string, env: Record<string, string>, ...args: string[]) {
  const { status, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd: folder,
    env: { ...process.env, XDG_STATE_HOME: path.join(root, "state"), ...env },
    encoding: "utf8",
  });
  expect(status, stderr).toBe(0);
}

describe("all documents", () => {
  it("are the same bytes wherever they are written", () => {
    const one = path.join(root, "one");
    fs.mkdirSync(one);
    fs.writeFileSync(path.join(one, "fairwatt.toml"), PROJECT);
    fs.writeFileSync(path.join(one, "scored.csv"), TABLE);
    call(one, {}, "run", "--", "sh", "-c", "echo model > m.joblib");
    call(one, {}, "audit", "scored.csv", "--label", "y", "--prediction", "p", "--sensitive", "sex");
    const other = path.join(root, "of another name");
    fs.cpSync(one, other, { recursive: true });

    const formats = ["html", "md", "json", "pdf"].flatMap((format) => ["--format", format]);
    const report = ["report", "--all", "--no-ledger", "--out", "reports", ...formats];
    call(one, { TZ: "America/Los_Angeles", LANG: "C", LC_ALL: "C" }, ...report);
    call(other, { TZ: "Pacific/Apia", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" }, ...report);

    const names = fs.readdirSync(path.join(one, "reports")).sort();
    expect(names.length).toBeGreaterThan(50);
    expect(fs.readdirSync(path.join(other, "reports")).sort()).toEqual(names);
    const differ = names.filter((name) => {
      const [a, b] = [one, other].map((folder) => fs.readFileSync(path.join(folder, "reports", name)));
      return !a!.equals(b!);
    });
    expect(differ).toEqual([]);
  });
});
