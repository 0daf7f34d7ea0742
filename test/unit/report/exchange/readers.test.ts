import { readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { JOULES_PER_KWH } from "../../../../src/quantity.ts";
import { CODECARBON_COLUMNS } from "../../../../src/report/exchange/codecarbon-columns.ts";
import { OutputLog } from "../../../../src/report/exchange/read-carbontracker.ts";
import { READERS } from "../../../../src/report/exchange/readers.ts";

const FOLDER = path.resolve(import.meta.dirname, "../../../fixtures/exchange");
const fixture = (name: string) => readFileSync(path.join(FOLDER, name), "utf8");

function read(text: string, name = "file") {
  const readers = READERS.filter((reader) => reader.recognises(text));
  expect(readers.map(({ tool }) => tool)).toHaveLength(1);
  return readers[0]!.read(text, name);
}

/** A table with some columns only, as an earlier version would have written it. */
function withColumns(text: string, keep: (column: string) => boolean): string {
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  const kept = lines[0]!.flatMap((column, index) => (keep(column) ? [index] : []));
  return lines.map((line) => kept.map((index) => line[index]).join(",")).join("\n");
}

/** Columns by version, from the history of codecarbon/output_methods/emissions_data.py and the file before it. */
const SINCE: Record<string, readonly string[]> = {
  "2025-11 (3.1)": ["gpu_utilization_percent"],
  "2025-10 (3.0.8)": ["cpu_utilization_percent", "ram_utilization_percent", "ram_used_gb"],
  "2024-05 (2.4)": ["water_consumed", "wue"],
  "2023 (2.3)": ["experiment_id"],
};

describe("CodeCarbon's emissions.csv", () => {
  it("is read by name: energy, footprint, who, when, how", () => {
    const file = read(fixture("codecarbon-3.3.csv"));
    expect(file).toMatchObject({ tool: "CodeCarbon", toolVersion: "3.3.2", problems: [] });
    expect(file.records).toHaveLength(1);
    const [record] = file.records;
    expect(record).toMatchObject({
      key: "b0db2b82-c6a9-4f30-9b27-740a9d7e1ba1",
      name: "credit",
      time: "2026-11-22T12:40:58",
      timeIs: "end",
      durationSeconds: 4.083763917005854,
    });
    expect(record!.energy).toMatchObject({ method: "sourced", covers: ["the whole machine"] });
    expect(record!.energy!.value).toBeCloseTo(3.148898712424345e-5 * JOULES_PER_KWH, 9);
    expect(record!.energy!.low).toBeCloseTo(record!.energy!.value * 0.6, 9);
    expect(record!.footprint!.value).toBeCloseTo(1.7646113494554788e-3, 12);
    expect(record!.footprint!.basis).toMatch(/France/);
  });

  it("counts a run that was flushed once, by its last row, and says so", () => {
    const [record] = read(fixture("codecarbon-3.3.csv")).records;
    expect(record!.notices).toContain("2 rows of this run, each with the sum so far: the last one counts");
    const [heading, first, second] = fixture("codecarbon-3.3.csv").split("\n");
    const shuffled = read([heading, second, first].join("\n")).records;
    expect(shuffled[0]!.energy!.value).toBe(record!.energy!.value);
  });

  it("of a facility is divided by its PUE", () => {
    const text = fixture("codecarbon-3.3.csv").replaceAll(",N,1.0,", ",N,1.5,");
    const [record] = read(text).records;
    expect(record!.energy!.value).toBeCloseTo((3.148898712424345e-5 / 1.5) * JOULES_PER_KWH, 9);
    expect(record!.notices!.join()).toMatch(/PUE of 1.5/);
  });

  it("of version 2.3 is read", () => {
    const file = read(fixture("codecarbon-2.3.csv"));
    expect(file.toolVersion).toBe("2.3.4");
    expect(file.records[0]!.energy!.value).toBeGreaterThan(0);
  });

  it.each(Object.keys(SINCE))("with the columns from before %s is read the same", (version) => {
    const versions = Object.keys(SINCE);
    const later = versions.slice(0, versions.indexOf(version) + 1).flatMap((each) => SINCE[each]!);
    const text = withColumns(fixture("codecarbon-3.3.csv"), (column) => !later.includes(column));
    const [record] = read(text).records;
    expect(record!.energy!.value).toBeCloseTo(3.148898712424345e-5 * JOULES_PER_KWH, 9);
    expect(record!.key).toBe("b0db2b82-c6a9-4f30-9b27-740a9d7e1ba1");
  });

  it("of 2020, without ids, has a record for each row", () => {
    const columns =
      "timestamp,experiment_id,project_name,duration,emissions,energy_consumed,country_name,country_iso_code,region,on_cloud,cloud_provider,cloud_region";
    const row = (at: string) => `${at},e1,credit,10,0.001,0.002,France,FRA,,N,,`;
    const file = read([columns, row("2020-09-08T10:00:00"), row("2020-09-08T11:00:00")].join("\n"));
    expect(file.records.map(({ key }) => key)).toEqual([
      "2020-09-08T10:00:00/credit",
      "2020-09-08T11:00:00/credit",
    ]);
  });

  it("of tasks keeps them apart", () => {
    const lines = fixture("codecarbon-3.3.csv").trimEnd().split("\n");
    const text = lines.map((line, index) => `${["task_name", "load", "fit"][index]},${line}`).join("\n");
    expect(read(text).records.map(({ name }) => name)).toEqual(["credit: load", "credit: fit"]);
  });

  it("loses torn and impossible rows only", () => {
    const text = fixture("codecarbon-3.3.csv");
    const negative = text
      .split("\n")[1]!
      .replace("b0db2b82", "ffffffff")
      .replace("1.5625120328694078e-05", "-1");
    const file = read(`${text}${negative}\n2026-11-22T12:41:00,credit,torn`);
    expect(file.records).toHaveLength(1);
    expect(file.problems).toEqual([
      "1 row is torn and left out",
      expect.stringMatching(/left out: energy_consumed is negative/),
    ]);
  });

  it("takes neither what is no time nor an energy beyond all measure", () => {
    const text = fixture("codecarbon-3.3.csv");
    const [, row = ""] = text.split("\n");
    const other = (id: string, from: string, to: string) => row.replace("b0db2b82", id).replace(from, to);
    const file = read(
      [
        text.trimEnd(),
        other("aaaaaaaa", row.split(",")[0]!, "yesterday"),
        other("bbbbbbbb", "1.5625120328694078e-05", "1e300"),
      ].join("\n"),
    );
    expect(file.records.map(({ time }) => time === null)).toEqual([false, true]);
    expect(file.problems).toEqual([expect.stringMatching(/energy_consumed cannot be \(1e\+300\)/)]);
  });

  it("has 38 columns in its present version", () => {
    expect(fixture("codecarbon-3.3.csv").split("\n")[0]).toBe(CODECARBON_COLUMNS.join(","));
  });
});

describe("the log of Zeus' monitor", () => {
  it("has a record for each window, the joules of all GPUs", () => {
    const file = read(fixture("zeus-0.16.csv"), "zeus.csv");
    expect(file.records.map(({ name }) => name)).toEqual(["epoch 0", "epoch 1", "epoch 2"]);
    const [first] = file.records;
    expect(first!.energy!.value).toBeCloseTo(100.736 + 105.774, 6);
    expect(first!.energy).toMatchObject({ covers: ["GPU 0", "GPU 1"], low: null, high: null });
    expect(first!.time).toBe("2026-11-22T12:41:39.545Z");
    expect(first!.notices).toBeUndefined();
  });

  it("says which windows overlap, and which it cannot tell of", () => {
    const heading = "start_time,window_name,elapsed_time,gpu0_energy";
    const file = read(
      [heading, "100,run,60,6000", "110,epoch,20,2000", "x,broken,1,1", "300,no reading,5,"].join("\n"),
    );
    expect(file.records.map(({ notices }) => notices?.length ?? 0)).toEqual([1, 1, 0]);
    expect(file.records[2]!.energy).toBeNull();
    expect(file.problems).toEqual(["the window broken is left out: its time is not a number"]);
  });
});

describe("a hostile log of Zeus", () => {
  const heading = "start_time,window_name,elapsed_time,gpu0_energy";

  it("with a time that no calendar has loses that window only", () => {
    const file = read([heading, "1e20,huge,1,10", "-5,before,1,5", "1700000000,ok,1,5"].join("\n"));
    expect(file.records.map(({ name }) => name)).toEqual(["ok"]);
    expect(file.problems).toHaveLength(2);
  });

  it("with many windows is read at once; the ones within others are still found", () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => `${i * 2},w${i},1,10`);
    const started = performance.now();
    const file = read([heading, ...rows, "100.5,within,0.1,1"].join("\n"));
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(file.records.filter(({ notices }) => notices).map(({ name }) => name)).toEqual(["w50", "within"]);
  });

  it("of a whole run with its epochs: each of them overlaps", () => {
    const file = read([heading, "0,run,100,50", "10,a,20,5", "30,b,20,5"].join("\n"));
    expect(file.records.every(({ notices }) => notices)).toBe(true);
  });
});

describe("Eco2AI's emission.csv", () => {
  it("is read", () => {
    const [record] = read(fixture("eco2ai-0.3.csv")).records;
    expect(record).toMatchObject({ name: "credit, baseline", time: "2026-11-22T12:41:16", timeIs: "start" });
    expect(record!.energy!.value).toBeCloseTo(1.536892359986445e-5 * JOULES_PER_KWH, 9);
    expect(record!.energy!.basis).toMatch(/PUE that Eco2AI was given/);
    expect(record!.footprint!.value).toBeCloseTo(1.03786341069885e-3, 12);
  });

  it("of epochs has one for each; of an older version parts columns by tabs and writes kWTh", () => {
    const heading = [
      "id",
      "project_name",
      "epoch",
      "start_time",
      "duration(s)",
      "power_consumption(kWTh)",
      "CO2_emissions(kg)",
    ];
    const row = (epoch: number) => [
      "i1",
      "p",
      `epoch: ${epoch}, loss: 0.5, `,
      "2022-01-01 10:00:00",
      "5",
      "0.001",
      "0.0004",
    ];
    const file = read([heading, row(1), row(2)].map((line) => line.join("\t")).join("\n"));
    expect(file.records.map(({ key }) => key)).toEqual(["i1/epoch: 1", "i1/epoch: 2"]);
    expect(file.records[0]!.energy!.value).toBe(3600);
  });
});

describe("carbontracker's log", () => {
  const log = fixture("carbontracker-2.4_carbontracker.log");

  it("is the sum of its epochs, before its PUE", () => {
    const file = read(log, "16118.1_2026_carbontracker.log");
    expect(file).toMatchObject({ toolVersion: "2.4.7", problems: [] });
    const [record] = file.records;
    const joules = (1.2 + 1.22 + 1.2) * 250;
    expect(record!.energy!.value).toBeCloseTo(joules, 9);
    expect(record!.footprint!.value).toBeCloseTo((joules / JOULES_PER_KWH) * 445, 9);
    expect(record).toMatchObject({ key: "16118.1_2026", time: "2026-11-22T12:41:02", durationSeconds: 3.62 });
    expect(record!.notices!.join("; ")).toMatch(/3 epochs; .*A100.*PUE of 1.58/);
    // Its own total, which it multiplies by the PUE, in the other log.
    const own = Number(
      /Actual[\s\S]*Energy:\s*([\d.]+)/.exec(fixture("carbontracker-2.4_carbontracker_output.log"))![1],
    );
    expect((joules * 1.58) / JOULES_PER_KWH).toBeCloseTo(own, 6);
  });

  it("of several GPUs adds them up, also where carbontracker's own parser gives up", () => {
    const [record] = read(log.replaceAll("gpu: 200.0", "gpu: [100.5  99.5]")).records;
    expect(record!.energy!.value).toBeCloseTo((1.2 + 1.22 + 1.2) * 250, 9);
  });

  it("of eight GPUs has their powers on two lines, as numpy writes them; before 2.4 the grid in gCO2/kWh", () => {
    const many = log
      .replaceAll(
        "gpu: 200.0",
        "gpu: [ 25.11111111  24.88888889  25.  25.  25.\n  25.          25.          25.        ]",
      )
      .replaceAll("gCO2eq/kWh", "gCO2/kWh");
    const [record] = read(many).records;
    expect(record!.energy!.value).toBeCloseTo((1.2 + 1.22 + 1.2) * 250, 6);
    expect(record!.footprint!.value).toBeGreaterThan(0);
  });

  it("without a reading has no energy", () => {
    const file = read(log.replace(/for (gpu|cpu): .*/g, "for $1: None"));
    expect(file.records[0]!.energy).toBeNull();
  });

  it("of predictions is refused, with the one to take", () => {
    expect(() => read(fixture("carbontracker-2.4_carbontracker_output.log"))).toThrow(OutputLog);
  });
});

describe("any other file", () => {
  it.each(["", "a,b\n1,2\n", "{}", "\0\0", "Epoch 1: loss 0.5\n"])("%j is nobody's", (text) => {
    expect(READERS.filter((reader) => reader.recognises(text))).toEqual([]);
  });
});
