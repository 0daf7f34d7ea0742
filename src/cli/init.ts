/** `fairwatt init`: the project's settings, with a line on each, and what of `.fairwatt/` goes into git. */

import * as fs from "node:fs";
import * as path from "node:path";
import { resolveZone } from "../carbon/resolve-zone.node.ts";
import { HOW_TO_SET_ZONE } from "../carbon/resolve-zone.ts";
import { ensureFairwattFolder } from "../config/fairwatt-folder.node.ts";
import { loadProject } from "../config/load.node.ts";
import { fairwattFolder } from "../energy/run-folder.node.ts";
import { printable } from "./printable.ts";
import { print } from "./table.ts";

/** Writes into the nearest git root upwards, else into `cwd`. 0: written or there already; 1: cannot be written; 2: no such zone. */
export async function init(options: { cwd?: string; zone?: string }): Promise<number> {
  const folder = projectRoot(path.resolve(options.cwd ?? process.cwd()));
  const zone = resolveZone({ option: options.zone });
  if (zone.problem) {
    process.stderr.write(`fairwatt: ${zone.problem}\nfairwatt: nothing was written\n`);
    return 2;
  }
  for (const warning of zone.warnings) process.stderr.write(`fairwatt: ${warning}\n`);
  const lines: string[] = [];
  try {
    const existing = loadProject(folder).file;
    const file = path.join(folder, "fairwatt.toml");
    if (existing) {
      lines.push(`${printable(existing)} is there already and was left as it is`);
      if (zone.grid) lines.push(`to set the zone, write  zone = "${zone.grid.zone}"  into it`);
    } else {
      fs.writeFileSync(file, projectFile(zone.grid?.zone), { flag: "wx" });
      lines.push(`wrote ${printable(file)}`);
      if (!zone.grid) lines.push(`CO2e is not known until the zone is named: ${HOW_TO_SET_ZONE}`);
    }
    const [ignore] = ensureFairwattFolder(fairwattFolder(folder));
    const ignoreFile = path.join(fairwattFolder(folder), ".gitignore");
    lines.push(
      ignore
        ? `wrote ${printable(ignore)}`
        : `${printable(ignoreFile)} is there already and was left as it is`,
    );
  } catch (error) {
    if (lines.length > 0) await print(lines);
    process.stderr.write(`fairwatt: ${folder} cannot be written: ${(error as Error).message}\n`);
    return 1;
  }
  await print(lines);
  return 0;
}

function projectRoot(from: string): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, ".git"))) return folder;
    if (path.dirname(folder) === folder) return from;
  }
}

/** What stands in a new `fairwatt.toml`; the defaults are written out as comments. */
export function projectFile(zone?: string): string {
  return `# Fairwatt: how the runs of this project are measured. Options of the command line go before this file.

# Where the electricity comes from: a country ("DE"), a US state ("US-CA"), a Canadian province ("CA-QC"),
# a Nordic bidding zone ("SE-SE3"), a cloud's region ("aws:eu-west-1") or an average ("EU", "WORLD"). Without it, CO2e is
# not known.
${zone ? `zone = "${zone}"` : '# zone = "DE"'}

# Facility energy divided by computer energy (power usage effectiveness): 1 for a desk, what the data centre says otherwise.
# pue = 1.0

# Time between two readings of the meters, from 100 ms to 60 s.
# interval = "1s"

# "process": the run's part of the machine, by its share of CPU time, memory and GPU. "machine": all of it.
# attribution = "process"

# The project's Python, for the fairness libraries: an executable or an environment's folder. Found by itself where it is
# .venv or on the PATH.
# python = ".venv"

# How \`fairwatt audit\` reads a table of predictions, and what it must keep: a path below this folder, or a pattern as in
# .gitignore. Limits are the largest difference between groups; commit them before the test, audits say since when they stand.
# [audit.tables."predictions/*.csv"]
# label = "y"
# prediction = "predicted"
# positive = "1"
# sensitive = ["sex", "age_group"]
# limits = { equalized_odds = 0.1, four_fifths = true }

# Where hourly figures of the grid come from, for \`fairwatt when\`; without it nothing is asked over the network. Sources:
# \`fairwatt when --providers\`. A key stands in an environment variable, never here.
# [grid]
# provider = "uk-carbon-intensity"
# place = "SW1"

# Who runs the machines, for \`fairwatt account\`: own, colocation, cloud, api or edge. It decides scope and category.
# [hosting]
# kind = "cloud"
# wue = 1.8
# wue-source = "the provider's report of 2025"

# Contracts and certificates for electricity, for the market-based figure. They never lower the location-based one, nor SCI.
# [instruments]
# residual-mix = { g-per-kwh = 620, year = 2024, source = "AIB" }
# [[instruments.held]]
# type = "certificate"
# kwh = 5000
# g-per-kwh = 0
# from = "2026-01-01"
# to = "2026-12-31"
# source = "guarantees of origin, cancelled for us"

# Software carbon intensity: what one unit costs, and the making of the hardware that it uses.
# [sci]
# unit = "inference"
# units = 120000
# [[sci.hardware]]
# name = "server with 8 GPUs"
# embodied-kg = 3000
# lifespan-years = 4
# source = "its maker's product carbon footprint"

# What the project may emit or use in a period, for \`fairwatt budget\` and a warning in the status bar.
# [budget]
# period = "month"
# kgco2e = 50
# kwh = 200

# What \`fairwatt gate\` asks for in CI: an audit of every model, not older than this; no lint finding from this severity on.
# [gate]
# audit = true
# max-age-days = 180
# lint = "error"

# What is weighed before a model is deployed, for \`fairwatt tradeoff\`: candidates are models of the ledger, with what audits and
# \`fairwatt bench\` say of them. Limits are what a candidate must keep whatever else it is good at.
# [tradeoff]
# units = 1_000_000
# price-per-kwh = 0.25
# currency = "EUR"
# [[tradeoff.candidates]]
# name = "int8"
# model = "models/int8.onnx"
# [tradeoff.limits]
# min-quality = 0.85
# max-latency-p95-ms = 100
# [tradeoff.decision]
# chosen = "int8"
# reason = "within the limits, and half the energy"
# by = "Ada Lovelace, head of risk"
`;
}
