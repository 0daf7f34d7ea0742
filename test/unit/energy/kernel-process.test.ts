import { describe, expect, it } from "vitest";
import {
  connectionFile,
  isIpykernel,
  type KernelCandidate,
  kernelOf,
} from "../../../src/energy/kernel-process.ts";

const IPYKERNEL = ["/venv/bin/python", "-m", "ipykernel_launcher", "--f=/run/user/0/kernel-v3abc.json"];
const candidate = (pid: number, more: Partial<KernelCandidate> = {}): KernelCandidate => ({
  pid,
  pidStart: pid,
  argv: IPYKERNEL,
  cwd: "/p",
  ours: true,
  ...more,
});
const find = (candidates: KernelCandidate[], taken: number[] = []) => {
  const found = kernelOf("/p/train.ipynb", "/p", candidates, new Set(taken));
  return "kernel" in found ? found.kernel.pid : found.reason;
};

describe("the kernel of a notebook", () => {
  it("is the one whose session names it, whoever started it", () => {
    const told = candidate(2, { session: "/p/train.ipynb", ours: false });
    expect(find([candidate(1), told])).toBe(2);
    expect(find([candidate(1), candidate(3, { session: "p/train.ipynb", ours: false })])).toBe(3);
    expect(find([candidate(4, { session: "/p/other.ipynb" })])).toMatch(/no Python process/);
  });

  it("is the one ipykernel of this window, or the one in the notebook's folder", () => {
    expect(find([candidate(1, { cwd: "/elsewhere" }), candidate(2, { ours: false })])).toBe(1);
    expect(find([candidate(1, { cwd: "/elsewhere" }), candidate(2)])).toBe(2);
    expect(find([candidate(1), candidate(2)], [1])).toBe(2);
  });

  it("is another Python of this window only where there is no ipykernel", () => {
    const plain = candidate(1, { argv: ["python3", "-i"] });
    expect(find([plain, candidate(3, { argv: ["python3", "server.py"], cwd: "/elsewhere" })])).toBe(1);
    expect(find([plain, candidate(2, { cwd: "/elsewhere" })])).toBe(2);
  });

  it("is not guessed", () => {
    expect(find([])).toMatch(/no Python process of this window .*another machine/);
    expect(find([candidate(1), candidate(2)])).toBe("2 processes of this window could be its kernel");
    expect(find([candidate(1, { argv: ["python3"], cwd: "/elsewhere" })])).toMatch(/no Python process/);
  });

  it.each([
    [IPYKERNEL, true, "/run/user/0/kernel-v3abc.json"],
    [["python", "-m", "ipykernel", "-f", "/k.json"], true, "/k.json"],
    [["python", "/venv/lib/python3/site-packages/ipykernel_launcher.py", "-f", "k.json"], true, "k.json"],
    [["python", "my_ipykernel_notes.py"], false, undefined],
  ])("%j", (argv, is, file) => {
    expect(isIpykernel({ argv })).toBe(is);
    expect(connectionFile(argv)).toBe(file);
  });
});
