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

describe("roles and settings", () => {
  it("are the same there and back, and leave limits alone", () => {
    const settings = withRoles({ label: "old", limits: { four_fifths: true }, tolerance: 0.05 }, ROLES);
    expect(settings).toMatchObject({ label: "class", limits: { four_fifths: true }, tolerance: 0.05 });
    expect(settings["leave-out-incomplete"]).toBe(true);
    expect(rolesFromSettings(settings)).toEqual(ROLES);
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
    const parsed = Object.fromEntries(
      options.map((option) => option.slice(2).split("=")).map(([name, value]) => [name, value ?? true]),
    );
    const settings = withArguments({}, { ...parsed, leaveOutIncomplete: true, cwd: "/" });
    expect(rolesFromSettings(settings)).toEqual(ROLES);
  });
});
