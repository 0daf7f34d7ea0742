import { describe, expect, it } from "vitest";
import { withArguments } from "../../../../src/cli/audit-options.ts";
import {
  type AuditRoles,
  roleOptions,
  rolesFromSettings,
  withRoles,
} from "../../../../src/editor/audit/roles.ts";

const ROLES: AuditRoles = {
  label: "class",
  score: "score",
  threshold: -0.5,
  positive: "-1",
  favourable: "negative",
  weight: "w",
  sensitive: ["sex", "age group"],
  leaveOutIncomplete: true,
};

const parsed = (options: readonly string[]) =>
  Object.fromEntries(
    options.map((option) => option.slice(2).split("=")).map(([name, value]) => [name, value ?? true]),
  );

const NUMBERS: AuditRoles = {
  task: "regression",
  label: "price",
  prediction: "offer",
  favourable: "positive",
  sensitive: ["region"],
};

describe("roles and settings", () => {
  it("are the same there and back, and leave limits alone", () => {
    const settings = withRoles({ label: "old", limits: { four_fifths: true }, tolerance: 0.05 }, ROLES);
    expect(settings).toMatchObject({ label: "class", limits: { four_fifths: true }, tolerance: 0.05 });
    expect(settings["leave-out-incomplete"]).toBe(true);
    expect(rolesFromSettings(settings)).toEqual(ROLES);
    expect(withRoles(undefined, NUMBERS).task).toBe("regression");
    expect(rolesFromSettings(withRoles(undefined, NUMBERS))).toEqual(NUMBERS);
    expect(withRoles({ task: "regression" }, { ...NUMBERS, task: "binary" })).not.toHaveProperty("task");
  });

  it("a role that was dropped goes from the settings", () => {
    const { weight: _, ...rest } = ROLES;
    expect(withRoles({ weight: "w", prediction: "p" }, rest)).not.toHaveProperty("weight");
    expect(withRoles({ weight: "w", prediction: "p" }, rest)).not.toHaveProperty("prediction");
  });

  it("settings that do not name all that is needed are none", () => {
    expect(rolesFromSettings({ label: "y", sensitive: ["sex"] })).toBeUndefined();
    expect(rolesFromSettings({ label: "y", sensitive: ["sex"], score: "s" })).toBeUndefined();
    expect(rolesFromSettings({ label: "y", prediction: "p" })).toBeUndefined();
    const scored = { label: "y", score: "s", threshold: 1, sensitive: ["sex"] };
    expect(rolesFromSettings(scored)).toBeDefined();
    expect(rolesFromSettings({ ...scored, task: "regression" })).toBeUndefined();
    expect(rolesFromSettings({ label: "y", prediction: "p", sensitive: ["sex"] })).toEqual({
      label: "y",
      prediction: "p",
      favourable: "positive",
      sensitive: ["sex"],
    });
  });

  it("as options say to the command line what they are, also where a value begins with a dash", () => {
    const options = roleOptions(ROLES);
    expect(options).toContain("--threshold=-0.5");
    expect(options).toContain("--positive=-1");
    const settings = withArguments({}, { ...parsed(options), leaveOutIncomplete: true, cwd: "/" });
    expect(rolesFromSettings(settings)).toEqual({ task: "binary", ...ROLES });
  });

  it("as options go before all that the project file says, also where there is none of a role", () => {
    const { leaveOutIncomplete: _, ...kept } = ROLES;
    const settings = withArguments(withRoles({ tolerance: 0.05 }, kept), {
      ...parsed(roleOptions(NUMBERS)),
      cwd: "/",
    });
    expect(rolesFromSettings(settings)).toEqual(NUMBERS);
    expect(settings).not.toHaveProperty("weight");
    expect(settings.tolerance).toBe(0.05);
  });
});
