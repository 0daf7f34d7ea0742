/** *Run Measured at Lowest-Carbon Time*: asks for deadline and duration, shows the plan, then waits in a terminal. */

import * as vscode from "vscode";
import { usualDuration } from "../../carbon/schedule/plan.ts";
import { parseDuration, parseMoment, startLines } from "../../carbon/schedule/time-words.ts";
import { pausedSeconds } from "../../energy/pauses.ts";
import { formatDuration, formatPercent } from "../../quantity.ts";
import { commandWords } from "../../report/run-words.ts";
import { keysFor, offerKeys } from "../grid/keys.ts";
import { type MeasuredCommand, runnerArguments } from "../launch/command-line.ts";
import { runLong, ToolProblem } from "../tools/run-long.ts";
import { type FoundPlan, foundPlan } from "./plan-output.ts";
import type { ScheduleRegistration } from "./register.ts";
import { savingWords, startClock } from "./waiting-text.ts";

export { forgetGridKey, setGridKey } from "../grid/keys.ts";

interface Schedule extends ScheduleRegistration {
  secrets: vscode.SecretStorage;
}

interface Choice extends vscode.QuickPickItem {
  /** Resolves with a run's id where one was started or waits. */
  run?(): Promise<string | undefined>;
}

/** The waiting or started run's id; undefined when nothing was started. */
export async function runAtLowestCarbon(argument: unknown, schedule: Schedule): Promise<string | undefined> {
  const { launcher, log, secrets } = schedule;
  const command = await launcher.prepare(argument);
  if (!command) return undefined;
  const duration = await askDuration(command, schedule);
  const deadline = duration && (await askDeadline(command));
  if (!duration || deadline === undefined) return undefined;
  try {
    const keys = await keysFor(command.cwd, secrets);
    const args = [
      ...["when", "--json", "--name", command.name, "--deadline", new Date(deadline).toISOString()],
      ...(duration.given ? ["--duration", duration.given] : []),
    ];
    const plans = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t("Fairwatt: looking for the best start"),
        cancellable: true,
      },
      async (_, token) => {
        const planned = async (...more: string[]) => {
          const printed = await runLong(
            launcher.cli,
            [...args, ...more],
            command.cwd,
            token,
            undefined,
            keys,
          );
          return printed === undefined ? undefined : foundPlan.parse(JSON.parse(printed));
        };
        const whole = await planned();
        if (!whole) return undefined;
        // The same figures again: they are kept by then. Nothing is stopped and resumed on Windows.
        const stopped = process.platform === "win32" ? undefined : await planned("--interruptible");
        return { whole, stopped };
      },
    );
    if (plans === undefined) return undefined;
    const { whole: plan, stopped } = plans;
    const waitFor = async (more: { interruptible?: boolean }) => {
      const until = { deadline: new Date(plan.deadline).toISOString(), duration: duration.given, ...more };
      return launcher.launch({ ...command, wait: until }, await offerKeys(keys));
    };
    const wait = () => waitFor({});
    const pieces = () => waitFor({ interruptible: true });
    const now = async () => launcher.launch(command);
    const lines = linesOf(plan, command, launcher.cli);
    const picked = await vscode.window.showQuickPick(
      choices({ plan, stopped }, { wait, pieces, now }, lines),
      {
        title: titleOf(command.name, plan),
        placeHolder: basisOf(plan),
        ignoreFocusOut: true,
      },
    );
    return await picked?.run?.();
  } catch (cause) {
    log.error({
      happened:
        cause instanceof ToolProblem
          ? vscode.l10n.t("No start could be planned: {0}", cause.message)
          : vscode.l10n.t("No start could be planned: {0}.", (cause as Error).message),
      kept: vscode.l10n.t("Nothing was run."),
      next: vscode.l10n.t("Run it measured now, or mend [grid] in the project file."),
      actions: [
        { label: vscode.l10n.t("Run Measured"), run: () => launcher.launch(command) },
        {
          label: vscode.l10n.t("Set Key of a Grid Data Source"),
          run: () => vscode.commands.executeCommand("fairwatt.setGridKey"),
        },
      ],
      cause,
    });
    return undefined;
  }
}

/** `given` is empty where the person left it to earlier runs. Undefined when they left. */
async function askDuration(
  command: MeasuredCommand,
  { store }: Schedule,
): Promise<{ given: string | undefined } | undefined> {
  const earlier = store
    .runs()
    .filter(({ name, state }) => name === command.name && state === "finished")
    .map((run) => (run.duration - pausedSeconds(run.pauses)) * 1000);
  const usual = usualDuration(earlier);
  const answer = await vscode.window.showInputBox({
    title: vscode.l10n.t("How long does {0} take?", command.name),
    prompt:
      usual === undefined
        ? vscode.l10n.t("No run of that name has finished yet. Write 45m, 2h or 1h30m.")
        : vscode.l10n.t(
            "Empty: as nine in ten of {0} earlier runs, {1}",
            earlier.length,
            formatDuration(usual / 1000),
          ),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === "" && usual !== undefined ? undefined : faultOf(() => parseDuration(text)),
  });
  return answer === undefined ? undefined : { given: answer.trim() || undefined };
}

/** Unix ms. Undefined when the person left. */
async function askDeadline(command: MeasuredCommand): Promise<number | undefined> {
  const answer = await vscode.window.showInputBox({
    title: vscode.l10n.t("When must {0} be done?", command.name),
    prompt: vscode.l10n.t("18:00, +12h or 2026-11-23T08:00"),
    value: "+24h",
    ignoreFocusOut: true,
    validateInput: (text) => faultOf(() => parseMoment(text, Date.now())),
  });
  return answer === undefined ? undefined : parseMoment(answer, Date.now());
}

function faultOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const titleOf = (name: string, plan: FoundPlan): string =>
  plan.recommended
    ? vscode.l10n.t(
        "{0}: best start {1}, {2} of the CO2e",
        name,
        startClock(plan.start, Date.now()),
        savingWords(plan.saving, vscode.l10n.t),
      )
    : vscode.l10n.t("{0}: start now", name);

function basisOf({ basis, typical, source, durationSeconds }: FoundPlan): string {
  const kind = typical ? vscode.l10n.t("a typical day, no forecast") : vscode.l10n.t("forecast");
  const which =
    basis === "average" ? vscode.l10n.t("average intensity") : vscode.l10n.t("marginal intensity");
  const error = vscode.l10n.t("error {0}, {1}", formatPercent(source.error.relative), source.error.how);
  const old = source.problem ? [vscode.l10n.t("kept figures: {0}", source.problem)] : [];
  return [
    `${which}, ${source.place}, ${kind}`,
    error,
    vscode.l10n.t("duration {0}", formatDuration(durationSeconds)),
    ...old,
  ].join("; ");
}

type Starters = Record<"wait" | "pieces" | "now", () => Promise<string | undefined>>;

interface Plans {
  /** Of a run from its start to its end. */
  plan: FoundPlan;
  /** Of one that may be stopped in between, where that can be. */
  stopped: FoundPlan | undefined;
}

function choices({ plan, stopped }: Plans, { wait, pieces, now }: Starters, lines: Choice[]): Choice[] {
  const inPieces = piecesChoice({ plan, stopped }, pieces);
  if (!plan.recommended)
    return [
      { label: `$(play) ${vscode.l10n.t("Run measured now")}`, detail: plan.why, run: now },
      ...inPieces,
    ];
  const at = startClock(plan.start, Date.now());
  const [planned, instead] = [plan.planned, plan.ifNow].map(({ value }) => Math.round(value));
  return [
    {
      label: `$(watch) ${vscode.l10n.t("Wait in a terminal until {0}", at)}`,
      detail: vscode.l10n.t(
        "{0} g/kWh for {1} g/kWh. It plans anew with each forecast, starts in time for {2}, and can be cancelled. Closing the window keeps it only where the editor keeps terminals: a reload does.",
        planned!,
        instead!,
        startClock(plan.deadline, Date.now()),
      ),
      run: wait,
    },
    ...inPieces,
    {
      label: `$(play) ${vscode.l10n.t("Run measured now")}`,
      detail: vscode.l10n.t("{0} g/kWh", instead!),
      run: now,
    },
    {
      label: vscode.l10n.t("Without this editor: copies a line that starts it then"),
      kind: vscode.QuickPickItemKind.Separator,
    },
    ...lines,
  ];
}

/** Where stopping in between is worth it, and more so than waiting alone. */
function piecesChoice({ plan, stopped }: Plans, run: Starters["pieces"]): Choice[] {
  const saved = plan.recommended ? plan.saving.value : 0;
  if (!stopped?.recommended || stopped.saving.value <= saved || stopped.parts.length < 2) return [];
  const at = startClock(stopped.start, Date.now());
  return [
    {
      label: `$(debug-pause) ${vscode.l10n.t("Run in the {0} cheapest stretches, from {1}", stopped.parts.length, at)}`,
      detail: vscode.l10n.t(
        "{0} of the CO2e. The program is stopped in between and goes on where it was: for one that keeps no connection open.",
        savingWords(stopped.saving, vscode.l10n.t),
      ),
      run,
    },
  ];
}

function linesOf(plan: FoundPlan, command: MeasuredCommand, cli: string): Choice[] {
  const program = process.versions.electron
    ? ["env", "ELECTRON_RUN_AS_NODE=1", process.execPath]
    : [process.execPath];
  const words = commandWords([...program, ...runnerArguments(cli, command, { hold: false })]);
  const { slurm, at, cron } = startLines(plan.start, words, command.cwd, { now: Date.now() });
  const copied = (label: string, line: string, remark?: string): Choice => ({
    label: `$(copy) ${label}`,
    ...(remark && { description: remark }),
    detail: line,
    run: async () => {
      await vscode.env.clipboard.writeText(line);
      vscode.window.setStatusBarMessage(vscode.l10n.t("Fairwatt: the line is copied"), 6_000);
      return undefined;
    },
  });
  return [
    copied("Slurm", slurm),
    copied("at", at),
    copied("cron", cron, vscode.l10n.t("comes again every year: take it out when it has run")),
  ];
}
