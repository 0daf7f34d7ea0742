import * as os from "node:os";
import * as path from "node:path";
import { expect, test, vi } from "vitest";
import { homeFolder, stateFolder } from "../../../src/config/home.node.ts";

vi.mock("node:os", async (original) => {
  const real = await original<typeof import("node:os")>();
  return { ...real, homedir: vi.fn(real.homedir) };
});

test("the user's folder, and Fairwatt's own in it", () => {
  vi.mocked(os.homedir).mockReturnValue("/home/ada");
  expect(stateFolder({})).toBe(path.join("/home/ada", ".local", "state", "fairwatt"));
  expect(stateFolder({ XDG_STATE_HOME: "/var/state" })).toBe(path.join("/var/state", "fairwatt"));
});

test("a user without name and HOME has the top folder, and nothing fails", () => {
  vi.mocked(os.homedir).mockImplementation(() => {
    throw new Error("uv_os_homedir returned ENOENT");
  });
  expect(homeFolder()).toBe(path.parse(process.cwd()).root);
});
