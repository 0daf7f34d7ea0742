import type { GateCheck, GateFinding } from "../gate.ts";
import { newestAudits } from "../newest-audits.ts";

const DAY_MS = 24 * 3600 * 1000;

export const staleAudit: GateCheck = {
  id: "audit-stale",
  title: "Audits are of now",
  why: "An audit speaks of the table that it read, by the limits of that time.",
  check: ({ settings, entries, files, limits, now }) =>
    newestAudits(entries).flatMap(({ time, body }): Omit<GateFinding, "check">[] => {
      const { file, sha256 } = body;
      const unasked = (limits.get(file) ?? []).filter(
        // Of several classes each has the limit for itself.
        (limit) =>
          !body.limits.some((held) => held.limit === limit || held.limit.startsWith(`${limit} for `)),
      );
      const remedy = `fairwatt audit ${file}`;
      const present = files.get(file);
      if (present !== undefined && present !== null && present !== sha256) {
        return [{ level: "error", message: `${file} has changed since it was audited.`, remedy, file }];
      }
      if (unasked.length > 0) {
        const message = `${file} was audited without what the project file asks for now: ${unasked.join(", ")}.`;
        return [{ level: "error", message, remedy, file }];
      }
      const days = Math.floor((now - Date.parse(time)) / DAY_MS);
      if (days > settings["max-age-days"]) {
        const message = `The audit of ${file} is ${days} days old; the project allows ${settings["max-age-days"]}.`;
        return [{ level: "error", message, remedy, file }];
      }
      if (present === null) {
        const message = `${file} was audited and is not here: whether it has changed cannot be told.`;
        return [
          { level: "note", message, remedy: "Nothing needs to be done where the table is kept elsewhere." },
        ];
      }
      return [];
    }),
};
