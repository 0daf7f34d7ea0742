/** Which process is the kernel of a notebook. Pure: ./kernel-process.node.ts looks at the processes. */

export interface KernelCandidate {
  pid: number;
  pidStart: number;
  argv: readonly string[];
  cwd?: string;
  /** Path of the notebook that its session is about, where its starter wrote it down. */
  session?: string;
  /** Whether this editor started it, by its parents. */
  ours: boolean;
}

/** How it was found, in words; or why it was not. */
export type FoundKernel = { kernel: KernelCandidate; how: string } | { reason: string };

/**
 * @param folder of the notebook
 * @param taken processes that other open notebooks have
 */
export function kernelOf(
  notebook: string,
  folder: string,
  candidates: readonly KernelCandidate[],
  taken: ReadonlySet<number>,
): FoundKernel {
  const free = candidates.filter(({ pid }) => !taken.has(pid));
  const told = free.filter(({ session }) => session !== undefined && sameNotebook(notebook, session));
  if (told.length === 1) return { kernel: told[0]!, how: "its session names the notebook" };
  const ours = free.filter(({ ours, session }) => ours && session === undefined);
  const kernels = ours.filter(isIpykernel);
  const here = (each: KernelCandidate) => each.cwd === folder;
  for (const [found, how] of [
    [kernels, "the one ipykernel of this window"],
    [kernels.filter(here), "the one ipykernel of this window in the notebook's folder"],
    [kernels.length === 0 ? ours.filter(here) : [], "the one Python of this window in the notebook's folder"],
  ] as const) {
    if (found.length === 1) return { kernel: found[0]!, how };
  }
  const seen = kernels.length || ours.filter(here).length;
  return {
    reason:
      seen === 0
        ? "no Python process of this window could be its kernel; a kernel on another machine is not seen from here"
        : `${seen} processes of this window could be its kernel`,
  };
}

export function isIpykernel({ argv }: Pick<KernelCandidate, "argv">): boolean {
  return argv.some((argument) => /(^|[\\/.])ipykernel(_launcher)?(\.py)?$/.test(argument));
}

/** The connection file of an ipykernel: `-f FILE`, `--f=FILE`. */
export function connectionFile(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((argument) => argument === "-f" || argument === "--f");
  return at >= 0 ? argv[at + 1] : argv.find((argument) => argument.startsWith("--f="))?.slice("--f=".length);
}

/** A server writes the path below its own root: "credit/train.ipynb". */
function sameNotebook(notebook: string, session: string): boolean {
  return notebook === session || (!session.startsWith("/") && notebook.endsWith(`/${session}`));
}
