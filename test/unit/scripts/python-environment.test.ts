import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

interface Prepared {
  python: string;
  variant: "scikit-learn" | "standard library";
  notes: string[];
}
interface Options {
  root: string;
  say?: (text: string) => void;
  env?: Record<string, string>;
  limitSeconds?: number;
}

const script = new URL("../../../scripts/python-environment.mjs", import.meta.url).href;
const { preparePython } = (await import(script)) as { preparePython(options: Options): Promise<Prepared> };

/**
 * A Python that only knows the four things it is asked: who it is, to make an environment (into which
 * it puts itself), to install, and to import. It writes down what it was asked.
 */
const FAKE_PYTHON = `#!/bin/sh
PATH=/usr/bin:/bin
echo "$*" >> "$FAKE_LOG"
case "$*" in
  *version_info*) echo "{\\"version\\": [$FAKE_VERSION], \\"executable\\": \\"$0\\"}" ;;
  "-m venv "*)
    if [ -n "$FAKE_VENV_ERROR" ]; then mkdir -p "$3"; echo "$FAKE_VENV_ERROR"; exit 1; fi
    mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  "-m pip install "*)
    echo "  Downloading scikit_learn-1.9.1-cp311-cp311-linux_x86_64.whl.metadata (11 kB)"
    echo "Downloading scikit_learn-1.9.1-cp311-cp311-linux_x86_64.whl (9.3 MB)"
    [ -z "$FAKE_PIP_HANGS" ] || exec sleep 30
    if [ -n "$FAKE_PIP_ERROR" ]; then echo "$FAKE_PIP_ERROR" >&2; exit 1; fi ;;
  *sklearn*) case "$0" in *cache*) exit 0 ;; *) [ -n "$FAKE_OWN_SCIKIT" ] ;; esac ;;
  *) exit 2 ;;
esac
`;

describe.skipIf(process.platform === "win32")("preparePython", () => {
  let root: string;
  let said: string[];

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), "fairwatt python "));
    said = [];
    await mkdir(path.join(root, "examples", "credit"), { recursive: true });
    await mkdir(path.join(root, "bin"));
    await writeRequirements("scikit-learn\n");
    await installFake("python3");
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const writeRequirements = (text: string) =>
    writeFile(path.join(root, "examples", "credit", "requirements.txt"), text);

  async function installFake(name: string) {
    const file = path.join(root, "bin", name);
    await writeFile(file, FAKE_PYTHON);
    await chmod(file, 0o755);
    return file;
  }

  const cache = () => path.join(root, "cache");
  const environmentPython = () => path.join(cache(), "python", "bin", "python");
  const systemPython = () => path.join(root, "bin", "python3");

  function prepare(env: Record<string, string> = {}, limitSeconds = 8) {
    const fake = { PATH: path.join(root, "bin"), FAKE_LOG: path.join(root, "log"), FAKE_VERSION: "3, 11, 2" };
    return preparePython({
      root,
      say: (text) => said.push(text),
      env: { ...fake, FAIRWATT_CACHE: cache(), ...env },
      limitSeconds,
    });
  }

  /** What the fake was asked since the last time. */
  async function asked() {
    const file = path.join(root, "log");
    const log = await readFile(file, "utf8");
    await writeFile(file, "");
    return {
      venv: log.split("\n").filter((line) => line.startsWith("-m venv")).length,
      pip: log.split("\n").filter((line) => line.startsWith("-m pip")).length,
      text: log,
    };
  }

  it("makes an environment and installs once", async () => {
    const ready = { python: environmentPython(), variant: "scikit-learn", notes: [] };
    expect(await prepare()).toEqual(ready);
    const first = await asked();
    expect(first).toMatchObject({ venv: 1, pip: 1 });
    expect(first.text).toContain("--timeout 15 --retries 1");
    expect(said).toContain("Downloading scikit_learn (9.3 MB).");
    expect(said.join()).not.toContain("11 kB");

    said = [];
    expect(await prepare()).toEqual(ready);
    expect(await asked()).toMatchObject({ venv: 0, pip: 0 });
    expect(said).toEqual(["Python 3.11.2 with scikit-learn is ready."]);
    expect(existsSync(`${path.join(cache(), "python")}.lock`)).toBe(false);
  });

  it("uses .cache in the repository where no cache is named", async () => {
    const { python } = await prepare({ FAIRWATT_CACHE: "" });
    expect(python).toBe(path.join(root, ".cache", "python", "bin", "python"));
  });

  it.each([
    ["the requirements", () => writeRequirements("scikit-learn>=2\n"), {}],
    ["the Python", async () => {}, { FAKE_VERSION: "3, 12, 0" }],
  ])("starts anew when %s changed", async (_what, change, env) => {
    await prepare();
    await asked();
    await change();
    await prepare(env);
    expect(await asked()).toMatchObject({ venv: 1, pip: 1 });
  });

  it("starts anew when the environment lost its interpreter", async () => {
    await prepare();
    await asked();
    await rm(environmentPython());
    await prepare();
    expect(await asked()).toMatchObject({ venv: 1, pip: 1 });
  });

  it("says what to install and how to point to it when there is no Python", async () => {
    await rm(systemPython());
    await expect(prepare()).rejects.toThrow(
      /3\.9 or newer.*python3, python.*Install Python.*FAIRWATT_PYTHON/,
    );
  });

  it("passes over an old Python for a newer one under another name", async () => {
    await writeFile(systemPython(), '#!/bin/sh\necho \'{"version": [2, 7, 18], "executable": "/old"}\'\n');
    await installFake("python");
    expect((await prepare()).variant).toBe("scikit-learn");
    expect(said[0]).toBe("Python 3.11.2 found.");
  });

  it("names the old Python when there is no newer one", async () => {
    await expect(prepare({ FAKE_VERSION: "3, 8, 18" })).rejects.toThrow(/found only Python 3\.8\.18 \(/);
  });

  it("passes over a program that is no Python", async () => {
    await writeFile(systemPython(), "#!/bin/sh\necho hello\n");
    await expect(prepare()).rejects.toThrow(/none that runs/);
  });

  it("takes the Python that FAIRWATT_PYTHON names, and no other in its place", async () => {
    const own = await installFake("my-python");
    await rm(systemPython());
    expect((await prepare({ FAIRWATT_PYTHON: own })).variant).toBe("scikit-learn");
    await installFake("python3");
    const missing = path.join(root, "nowhere");
    await expect(prepare({ FAIRWATT_PYTHON: missing })).rejects.toThrow(`FAIRWATT_PYTHON (${missing})`);
  });

  it("falls back to the found Python where an environment cannot be made", async () => {
    const result = await prepare({ FAKE_VENV_ERROR: "ensurepip is not available" });
    expect(result).toMatchObject({ python: systemPython(), variant: "standard library" });
    expect(result.notes).toEqual([expect.stringContaining("install python3-venv")]);
    expect(said.at(-1)).toBe(result.notes[0]);
    expect(existsSync(path.join(cache(), "python"))).toBe(false);
  });

  it("says so where that Python brings its own scikit-learn", async () => {
    const result = await prepare({ FAKE_VENV_ERROR: "No module named venv", FAKE_OWN_SCIKIT: "1" });
    expect(result).toMatchObject({ python: systemPython(), variant: "scikit-learn" });
    expect(result.notes[0]).toContain("scikit-learn of the system's Python");
  });

  it("falls back where the cache folder cannot be made", async () => {
    await writeFile(cache(), "a file in its place");
    const result = await prepare();
    expect(result).toMatchObject({ python: systemPython(), variant: "standard library" });
    expect(result.notes[0]).toContain("The cache folder cannot be written (EEXIST)");
  });

  it("trains with the standard library where PyPI cannot be reached, and tries again next time", async () => {
    const offline = { FAKE_PIP_ERROR: "WARNING: Retrying after connection broken by NewConnectionError" };
    const result = await prepare(offline);
    expect(result).toMatchObject({ python: environmentPython(), variant: "standard library" });
    expect(result.notes).toEqual([expect.stringMatching(/^PyPI could not be reached: .*standard library/)]);
    await asked();
    expect((await prepare()).variant).toBe("scikit-learn");
    expect(await asked()).toMatchObject({ venv: 0, pip: 1 });
  });

  it("repeats what pip said where it failed for another reason", async () => {
    const { notes } = await prepare({ FAKE_PIP_ERROR: "ERROR: No matching distribution found\nhint: none" });
    expect(notes[0]).toContain("(ERROR: No matching distribution found)");
  });

  it("does not trust an install that broke off half way", async () => {
    const result = await prepare({
      FAKE_PIP_ERROR: "Installing collected packages: numpy\nERROR: disk full",
    });
    expect(result).toMatchObject({ python: systemPython(), variant: "standard library" });
    await asked();
    expect((await prepare()).variant).toBe("scikit-learn");
    expect(await asked()).toMatchObject({ venv: 1, pip: 1 });
  });

  it("gives up on an install that takes too long", async () => {
    const started = Date.now();
    const result = await prepare({ FAKE_PIP_HANGS: "1" }, 1);
    expect(Date.now() - started).toBeLessThan(6000);
    expect(result.variant).toBe("standard library");
    expect(result.notes[0]).toContain("took too long");
  });

  it("keeps settings for another Python away from the environment", async () => {
    await writeFile(path.join(root, "bin", "python3"), FAKE_PYTHON.replace('"$*" >>', '"$PIP_TARGET$*" >>'));
    await prepare({ PIP_TARGET: "elsewhere" });
    expect((await asked()).text).not.toContain("elsewhere-m");
  });

  it("lets one of two processes do the work", async () => {
    await Promise.all([prepare(), prepare()]);
    expect(await asked()).toMatchObject({ venv: 1, pip: 1 });
    expect(said).toContain("Waiting for another process that prepares the same Python environment.");
  });

  it.each([
    ["whose owner is gone", "999999999", 0],
    ["from long ago", String(process.pid), 3600],
  ])("takes over a lock %s", async (_what, owner, ageSeconds) => {
    await mkdir(cache());
    const lock = path.join(cache(), "python.lock");
    await writeFile(lock, owner);
    const then = Date.now() / 1000 - ageSeconds;
    await utimes(lock, then, then);
    expect((await prepare()).variant).toBe("scikit-learn");
  });

  it("does not wait for ever for another process", async () => {
    await mkdir(cache());
    await writeFile(path.join(cache(), "python.lock"), String(process.pid));
    const result = await prepare({}, 1);
    expect(result).toMatchObject({ python: systemPython(), variant: "standard library" });
    expect(result.notes[0]).toContain("Another process");
  });
});
