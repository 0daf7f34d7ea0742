/**
 * What the editor and the trade-off page say to each other. Both sides parse every message with these schemas and drop what
 * does not fit. Texts are made by the editor and the command line.
 */

import * as z from "zod/mini";
import type { StringKey } from "./string-keys.ts";

const axis = z.object({
  id: z.string(),
  /** With its unit. */
  title: z.string(),
  /** One for each candidate; null: not measured. */
  values: z.array(z.nullable(z.number())),
});

export const tradeoffView = z.object({
  /** Folder of the project, and its name. */
  project: z.string(),
  title: z.string(),
  /** Why there is nothing to show; "": there is. */
  failure: z.string(),
  candidates: z.array(
    z.object({ name: z.string(), front: z.enum(["on", "off", "unknown"]), isChosen: z.boolean() }),
  ),
  /** What can be drawn: what is spent across, what is gained upwards. */
  across: z.array(axis),
  upwards: z.array(axis),
  /** A column for each candidate. */
  rows: z.array(z.object({ label: z.string(), cells: z.array(z.string()) })),
  breakEven: z.array(z.string()),
  decision: z.array(z.tuple([z.string(), z.string()])),
  notices: z.array(z.string()),
});

export const hostMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("hydrate"), strings: z.record(z.string(), z.string()), view: tradeoffView }),
  z.object({ type: z.literal("busy"), busy: z.boolean() }),
]);

export const PAGE_COMMANDS = ["refresh", "settings", "report"] as const;

export const pageMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("command"), command: z.enum(PAGE_COMMANDS) }),
  z.object({ type: z.literal("copy"), text: z.string() }),
  z.object({ type: z.literal("saveImage"), name: z.string(), png: z.string() }),
  z.object({ type: z.literal("problem"), text: z.string() }),
]);

/** What the page keeps over hiding and reloads. */
export const pageState = z.object({
  v: z.literal(1),
  /** Folder of the project. */
  project: z.nullable(z.string()),
  /** Ids of the axes that are drawn; "": the first. */
  x: z.string(),
  y: z.string(),
  /** Series that are not drawn, and charts shown as a table. */
  hidden: z.array(z.string()),
  open: z.array(z.string()),
});

export type TradeoffView = z.infer<typeof tradeoffView>;
export type AxisView = z.infer<typeof axis>;
export type HostMessage = z.infer<typeof hostMessage>;
export type PageMessage = z.infer<typeof pageMessage>;
export type PageCommand = (typeof PAGE_COMMANDS)[number];
export type PageState = z.infer<typeof pageState>;
export type TradeoffStrings = Record<StringKey, string>;
