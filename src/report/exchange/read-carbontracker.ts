/** carbontracker's log: duration and mean power of each epoch, by component. */

import { JOULES_PER_KWH } from "../../quantity.ts";
import { type ForeignReader, numberOf, type ReadRecord, sourced } from "./reader.ts";

const STAMP = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) - (.*)$/;
/** Before version 2.4 in gCO2/kWh. */
const INTENSITY = /Average carbon intensity during training was ([\d.]+) gCO2(?:eq)?\/kWh/;
const PUE = /PUE coefficient of ([\d.]+)/;
/** The other log of the same training: what was measured stands in the first. */
const OUTPUT = /CarbonTracker: \s*\n?(?:Actual|Predicted) consumption for/;

interface Epoch {
  seconds: number;
  /** Mean W by component; of several devices the sum. */
  watts: Map<string, number>;
}

export class OutputLog extends Error {}

export const carbontrackerReader: ForeignReader = {
  tool: "carbontracker",
  recognises: (text) =>
    /carbontracker version|^\S+ \S+ - (CarbonTracker: |Epoch \d+:)/m.test(text.slice(0, 20_000)),
  read(text, name) {
    const stamped = joinLists(text)
      .split("\n")
      .map((line) => STAMP.exec(line.trimEnd()))
      .filter((each) => each !== null);
    const epochs = epochsOf(stamped.map((each) => each[3]!));
    if (epochs.length === 0 && OUTPUT.test(text)) {
      throw new OutputLog(
        "this is carbontracker's output log, which holds its predictions; import the log beside it, whose name ends in _carbontracker.log",
      );
    }
    const version = /carbontracker version (\S+)/.exec(text)?.[1];
    const first = stamped[0];
    const problems = stamped.length === 0 ? ["it has no line with a time"] : [];
    return {
      tool: "carbontracker",
      ...(version !== undefined && { toolVersion: version }),
      toolMethod: "mean power of each epoch (RAPL and NVML once a second) times its duration",
      records: epochs.length === 0 ? [] : [recordOf(text, name, epochs, first && `${first[1]}T${first[2]}`)],
      problems: epochs.length === 0 ? [...problems, "it has no epoch that was finished"] : problems,
    };
  },
};

/** The powers of many devices stand on several lines, of which only the first has a time. */
function joinLists(text: string): string {
  return text.replace(
    /(for \w+: \[[^\]\n]*)((?:\r?\n(?!\d{4}-\d\d-\d\d )[^\]\n]*){1,20}\])/g,
    (_, first, rest) => [first, rest.replace(/\s+/g, " ")].join(""),
  );
}

function epochsOf(messages: readonly string[]): Epoch[] {
  const epochs: Epoch[] = [];
  for (const message of messages) {
    const duration = /^Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(message);
    if (duration) {
      const [hours, minutes, seconds] = duration.slice(1).map(Number);
      epochs.push({ seconds: hours! * 3600 + minutes! * 60 + seconds!, watts: new Map() });
    }
    const power = /^Average power usage \(W\) for (\w+): (.*)$/.exec(message);
    const epoch = epochs.at(-1);
    if (!power || !epoch) continue;
    // One number, or a list of one for each device: [100.2 98.7]. None: it could not be read.
    const devices = power[2]!.match(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi)?.map(Number) ?? [];
    if (devices.length > 0)
      epoch.watts.set(
        power[1]!,
        devices.reduce((sum, watts) => sum + watts, 0),
      );
  }
  return epochs;
}

function recordOf(text: string, name: string, epochs: Epoch[], time: string | undefined): ReadRecord {
  const components = [...new Set(epochs.flatMap(({ watts }) => [...watts.keys()]))].sort();
  const joules = epochs.reduce(
    (sum, { seconds, watts }) => sum + seconds * [...watts.values()].reduce((all, each) => all + each, 0),
    0,
  );
  const intensity = numberOf(INTENSITY.exec(text)?.[1]);
  const pue = PUE.exec(text)?.[1];
  const devices = /components were found: (.*)$/m.exec(text)?.[1];
  const missing = epochs.filter(({ watts }) => watts.size < components.length).length;
  const notices = [
    `${epochs.length} ${epochs.length === 1 ? "epoch" : "epochs"}${devices ? `; ${devices}` : ""}`,
    ...(pue ? [`its own totals are multiplied by a PUE of ${pue}; these are not`] : []),
    ...(missing > 0 ? [`${missing} epochs lack a component that others have`] : []),
    ...(text.includes("Training was interrupted") ? ["the training was interrupted"] : []),
  ];
  const words = { instrument: "carbontracker", covers: components.map((each) => each.toUpperCase()) };
  const known = components.length > 0;
  return {
    key: name.replace(/_?carbontracker\.log$/, ""),
    name: "carbontracker",
    time: time ?? null,
    timeIs: "start",
    durationSeconds: epochs.reduce((sum, { seconds }) => sum + seconds, 0),
    energy: sourced("J", known ? joules : null, {
      ...words,
      basis: "mean power of each epoch times its duration, from its log",
    }),
    footprint: sourced("gCO2e", known && intensity !== null ? (joules / JOULES_PER_KWH) * intensity : null, {
      ...words,
      basis: `the energy above times ${intensity} g/kWh, which its log tells`,
    }),
    notices,
    source: { log: text.replace(/\r/g, "") },
  };
}
