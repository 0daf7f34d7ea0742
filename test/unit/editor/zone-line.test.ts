import { describe, expect, it } from "vitest";
import { parseProject } from "../../../src/config/parse.ts";
import { withZone } from "../../../src/editor/zone/zone-line.ts";

/** The change and what a reader then gets: both must be right. */
function set(text: string): string {
  const changed = withZone(text, "SE-SE3");
  expect(parseProject(changed, "fairwatt.toml").problems).toEqual([]);
  expect(parseProject(changed, "fairwatt.toml").config.zone).toBe("SE-SE3");
  return changed;
}

describe("withZone", () => {
  it("makes a file", () => expect(set("")).toBe('zone = "SE-SE3"\n'));

  it("replaces the zone and keeps its comment and line breaks", () => {
    expect(set('pue = 1.2\r\nzone = "DE" # here\r\n')).toBe('pue = 1.2\r\nzone = "SE-SE3" # here\r\n');
    expect(set("  zone='DE'\npue = 2\n")).toBe('zone = "SE-SE3"\npue = 2\n');
  });

  it("takes the place of the commented line of a fresh file", () => {
    expect(set('# Grid zone.\n# zone = "DE"\npue = 1.1\n')).toBe(
      '# Grid zone.\nzone = "SE-SE3"\npue = 1.1\n',
    );
  });

  it("goes below a header comment and above the other settings", () => {
    expect(set("# Settings\n\npue = 1.1\n")).toBe('# Settings\nzone = "SE-SE3"\n\npue = 1.1\n');
  });
});

it("leaves a key of the same name in a table alone", () => {
  expect(withZone('[other]\nzone = "x"\n', "DE")).toBe('zone = "DE"\n[other]\nzone = "x"\n');
});
