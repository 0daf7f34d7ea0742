/** Which processes of a host were started together, by what their launcher tells each of them. Pure. */

export interface LaunchGroup {
  /** "torchrun", "Open MPI", "MPICH", "Slurm". */
  launcher: string;
  /** The same for all ranks of one launch, and for no other launch on this host at the same time. */
  key: string;
  /** Ranks on all hosts. */
  size: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

interface Launcher {
  name: string;
  size: string;
  /** Variables that name the launch; what is not set is left out. The first must be set. */
  names: readonly string[];
}

/** The innermost first: Slurm starts mpirun, mpirun starts torchrun, never the other way round. */
const LAUNCHERS: readonly Launcher[] = [
  // https://pytorch.org/docs/stable/elastic/run.html#environment-variables; accelerate starts its ranks by the same agent.
  { name: "torchrun", size: "WORLD_SIZE", names: ["TORCHELASTIC_RUN_ID", "MASTER_ADDR", "MASTER_PORT"] },
  // https://docs.open-mpi.org/en/main/tuning-apps/environment-var.html
  { name: "Open MPI", size: "OMPI_COMM_WORLD_SIZE", names: ["PMIX_NAMESPACE", "OMPI_MCA_orte_ess_jobid"] },
  // Hydra, the process manager of MPICH and Intel MPI, gives all ranks of a host one parent.
  { name: "MPICH", size: "PMI_SIZE", names: ["PMI_SIZE", "PMI_ID_SPACE", "HYDI_CONTROL_FD", "PARENT"] },
  // https://slurm.schedmd.com/srun.html#SECTION_OUTPUT-ENVIRONMENT-VARIABLES
  { name: "Slurm", size: "SLURM_STEP_NUM_TASKS", names: ["SLURM_JOB_ID", "SLURM_STEP_ID"] },
];

/**
 * The launch that a process belongs to; undefined where it was started alone.
 * @param parent says pid and start time of the parent process
 */
export function launchGroup(environment: Environment, parent: () => string): LaunchGroup | undefined {
  for (const { name, size, names } of LAUNCHERS) {
    const ranks = Number(environment[size]);
    if (environment[names[0]!] === undefined || !Number.isInteger(ranks) || ranks < 2) continue;
    const parts = names.map((each) => (each === "PARENT" ? parent() : (environment[each] ?? "")));
    return { launcher: name, key: [name, ...parts].join("|"), size: ranks };
  }
  return undefined;
}
