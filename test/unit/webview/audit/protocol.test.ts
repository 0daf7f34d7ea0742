import { describe, expect, it } from "vitest";
import {
  auditRequest,
  hostMessage,
  PAGE_COMMANDS,
  pageMessage,
  pageState,
} from "../../../../webview/audit/protocol.ts";
import { sampleAudit } from "../../../browser/audit/sample-audit.ts";

describe("messages between the editor and the audit's page", () => {
  it("are taken when they fit", async () => {
    const { view } = await sampleAudit();
    const request = { file: "/w/t.csv", run: null, entry: null, roles: { label: "y" } };
    expect(auditRequest.safeParse(request).success).toBe(true);
    expect(hostMessage.safeParse({ type: "hydrate", strings: {}, view, request }).success).toBe(true);
    expect(hostMessage.safeParse({ type: "hydrate", strings: {}, view: null, request: null }).success).toBe(
      true,
    );
    for (const command of PAGE_COMMANDS)
      expect(pageMessage.safeParse({ type: "command", command }).success).toBe(true);
    const state = { v: 1, view, request, grouping: 2, class: 0, rate: "precision", convention: "" };
    expect(pageState.safeParse(state).success).toBe(true);
  });

  it("are dropped when they do not: other commands, numbers as texts, the state of another version", async () => {
    expect(pageMessage.safeParse({ type: "command", command: "workbench.action.quit" }).success).toBe(false);
    const { view } = await sampleAudit();
    const wrong = { ...view, groupings: [{ ...view.groupings[0], groups: [{ name: 1 }] }] };
    expect(hostMessage.safeParse({ type: "hydrate", strings: {}, view: wrong, request: null }).success).toBe(
      false,
    );
    expect(pageState.safeParse({ v: 2, view: null }).success).toBe(false);
  });
});
