import { expect, test } from "vitest";
import { doctorLines } from "../../../src/cli/doctor.ts";
import { type DoctorReport, doctorReport, type Look } from "../../../src/energy/doctor.ts";
import type { RejectedMeter } from "../../../src/energy/meters/meter.ts";
import { packageMeter } from "../energy/records.ts";

const closed: RejectedMeter = {
  id: "powercap",
  component: "cpu",
  label: "RAPL",
  reason: "Only root may read it.",
  fix: "rapl-group",
};

function text(look: Partial<Look>): string {
  const report: DoctorReport = doctorReport({
    hardware: { cpu: "A processor", logicalCpus: 4, memoryBytes: 2 ** 33, os: "Linux 6 x64" },
    limits: {},
    seconds: 1,
    meters: [],
    rejected: [],
    ...look,
  });
  return doctorLines(report).join("\n");
}

test("sources that several meters share are said once, with all their names", () => {
  const other = { ...packageMeter, id: "other", label: "CPU package 1", parts: ["cpu:1"] };
  const meters = [packageMeter, other].map((descriptor) => ({ descriptor, first: 0, second: 5e6 }));
  const said = text({ meters });
  expect(said.split(packageMeter.errorSource)).toHaveLength(2);
  expect(said).toContain("CPU package 0, CPU package 1: ");
});

test("whether it is calibrated, and what it would take", () => {
  const meters = [{ descriptor: packageMeter, first: 0, second: 5e6 }];
  expect(text({ meters })).toMatch(/calibrated +no \(fairwatt calibrate\)/);
  expect(text({ rejected: [closed] })).toMatch(/calibrated +no \(sudo fairwatt calibrate/);
  expect(text({})).toMatch(/calibrated +no; it takes a meter/);
});

test("a counter that stands has no power, and says so", () => {
  const said = text({ meters: [{ descriptor: packageMeter, first: 7, second: 7 }] });
  expect(said).toMatch(/no reading.*the counter did not move/);
  expect(said).not.toMatch(/\b0 W\b/);
});
