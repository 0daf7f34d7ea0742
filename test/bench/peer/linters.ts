/** Linters from PyPI, in an environment of their own that git ignores, and the packages that are linted. */

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";

export const RUFF = "0.14.5";
export const DSLINTER = "2.0.9";

/** dslinter's own pins (of 2022) do not install on today's Python: this pylint is the newest it works with. */
const ENVIRONMENT = [`ruff==${RUFF}`, "pylint==2.17.7", "mypy==0.931", "data-science-types==0.2.23", "toml"];

/** Applications and data frames, a million lines; scikit-learn and keras are machine learning itself. */
const PACKAGES = ["django==5.2.8", "sqlalchemy==2.0.44", "pandas==2.2.3"];
const LEARNING = ["scikit-learn==1.6.1", "keras==3.12.0"];
/** Small enough to wait for pylint, and more than either's start: by package, the folder of its code. */
const SUBSET = { "fairlearn==0.12.0": "fairlearn", "imbalanced-learn==0.13.0": "imblearn" };

/** What dslinter adds to pylint; its other messages are pylint's own. */
const DSLINTER_MESSAGES = [...codes("C", 6), ...codes("E", 1), ...codes("R", 8), ...codes("W", 21)];

export interface Linters {
  /** Prefix of a command; the folder follows. */
  ruff: string[];
  dslinter: string[];
  /** About a million lines. */
  tree: string;
  /** Half a million lines, all of machine learning. */
  learning: string;
  /** Holds packages that are about machine learning: 34,362 lines, 25,193 of them no tests. */
  subset: string;
  /** Their folders in it. */
  subsetPackages: string[];
}

/** Installs what is not there yet. Throws where Python or PyPI is not there. */
export function linters(root: string): Linters {
  const cache = path.join(process.env.FAIRWATT_CACHE ?? path.join(root, ".cache"), "bench-linters");
  const bin = (name: string) => path.join(cache, "environment", "bin", name);
  const pip = (...args: string[]) =>
    execFileSync(bin("pip"), ["install", "--quiet", "--no-compile", ...args], {
      stdio: ["ignore", "ignore", "inherit"],
    });
  once(path.join(cache, "environment.txt"), [...ENVIRONMENT, DSLINTER].join(" "), () => {
    execFileSync("python3", ["-m", "venv", "--clear", path.join(cache, "environment")], { stdio: "inherit" });
    pip(...ENVIRONMENT);
    pip("--no-deps", `dslinter==${DSLINTER}`);
  });
  const folder = (name: string, packages: readonly string[]) => {
    const target = path.join(cache, name);
    once(`${target}.txt`, packages.join(" "), () => {
      rmSync(target, { recursive: true, force: true });
      pip("--no-deps", "--target", target, ...packages);
    });
    // A repository of its own: this one's .gitignore leaves the cache out.
    mkdirSync(path.join(target, ".git"), { recursive: true });
    return target;
  };
  return {
    ruff: [bin("ruff"), "check", "--isolated", "--no-cache", "--quiet", "--exit-zero"],
    dslinter: [
      bin("pylint"),
      "--load-plugins=dslinter",
      "--disable=all",
      `--enable=${DSLINTER_MESSAGES.join(",")}`,
      "--exit-zero",
      "--reports=y",
    ],
    tree: folder("tree", PACKAGES),
    learning: folder("learning", LEARNING),
    subset: folder("subset", Object.keys(SUBSET)),
    subsetPackages: Object.values(SUBSET),
  };
}

/** `work` is done again when what it was done with has changed. */
function once(stamp: string, what: string, work: () => void): void {
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === what) return;
  mkdirSync(path.dirname(stamp), { recursive: true });
  work();
  writeFileSync(stamp, what);
}

function codes(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${letter}${5501 + index}`);
}
