/** The runner's command line: an argument array from end to end, no shell, nothing to quote. Pure. */

export interface MeasuredCommand {
  /** Program and arguments of the person's own command. */
  argv: string[];
  cwd: string;
  name: string;
  /** The person's own zone, for projects that name none; "" when not set. */
  defaultZone: string;
  /** False: Python programs do not tell their epochs, steps and metrics. */
  hooks: boolean;
  /**
   * Set where it waits for the start that emits least: when it must be done, how long it takes where that is given, and whether
   * it is stopped outside the cheapest hours.
   */
  wait?: { deadline: string; duration?: string; interruptible?: boolean };
}

/** The argument of a runner that waits. */
export const WAITS = "--lowest-carbon";

/** Arguments of the Node that runs the runner. `hold` keeps the terminal open after the end, so that it can be read. */
export function runnerArguments(cli: string, command: MeasuredCommand, options: { hold: boolean }): string[] {
  return [
    cli,
    "run",
    "--no-live",
    ...(options.hold ? ["--hold"] : []),
    "--name",
    command.name,
    ...(command.defaultZone ? ["--default-zone", command.defaultZone] : []),
    ...(command.hooks ? [] : ["--no-hooks"]),
    ...(command.wait ? [WAITS, "--deadline", command.wait.deadline] : []),
    ...(command.wait?.duration ? ["--duration", command.wait.duration] : []),
    ...(command.wait?.interruptible ? ["--interruptible"] : []),
    "--",
    ...command.argv,
  ];
}

/**
 * Environment that the runner needs. `process.execPath` is plain Node in remote and server builds, and Electron on the
 * desktop, which must be told to be Node; the runner takes that out again before it starts the command.
 */
export function runnerEnvironment(runId: string | undefined, electron: boolean): Record<string, string> {
  return {
    ...(electron ? { ELECTRON_RUN_AS_NODE: "1" } : {}),
    ...(runId ? { [NEW_RUN_ID]: runId } : {}),
  };
}

/** The runner makes its run under this id; after a window reload the terminal of a run is found by it. */
export const NEW_RUN_ID = "FAIRWATT_NEW_RUN_ID";
