/** Which process serves a port of this machine (Linux). */

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parseStat } from "../../energy/process-identity.node.ts";

const LISTENING = "0A";

/** Whether an address is one of this machine. */
export function isHere(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  if (/^(?:localhost|127\.|0\.0\.0\.0$|::1?$)/.test(name) || name === os.hostname().toLowerCase())
    return true;
  return Object.values(os.networkInterfaces()).some((each) => each?.some(({ address }) => address === name));
}

/**
 * Pid of the process that listens on the port: of several that share it (a server and its workers) the one that started
 * the others. Undefined where none can be seen: another user's, a container's, or no Linux.
 */
export function listeningProcess(port: number, proc = "/proc"): number | undefined {
  const inodes = new Set(
    ["tcp", "tcp6"].flatMap((table) => listeningInodes(path.join(proc, "net", table), port)),
  );
  if (inodes.size === 0) return undefined;
  const holders = numbersIn(proc).filter((pid) => holdsSocket(path.join(proc, String(pid), "fd"), inodes));
  const parentOf = (pid: number) => {
    try {
      return parseStat(fs.readFileSync(path.join(proc, String(pid), "stat"), "latin1"))?.ppid;
    } catch {
      return undefined;
    }
  };
  return holders.find((pid) => !holders.includes(parentOf(pid) ?? -1));
}

function listeningInodes(file: string, port: number): string[] {
  try {
    const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
    return fs
      .readFileSync(file, "latin1")
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[1]?.endsWith(wanted) && fields[3] === LISTENING)
      .map((fields) => fields[9] ?? "");
  } catch {
    return [];
  }
}

function numbersIn(folder: string): number[] {
  try {
    return fs
      .readdirSync(folder)
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .sort((a, b) => a - b);
  } catch {
    return [];
  }
}

function holdsSocket(folder: string, inodes: ReadonlySet<string>): boolean {
  return numbersIn(folder).some((fd) => {
    try {
      const inode = /^socket:\[(\d+)\]$/.exec(fs.readlinkSync(path.join(folder, String(fd))))?.[1];
      return inode !== undefined && inodes.has(inode);
    } catch {
      return false;
    }
  });
}
