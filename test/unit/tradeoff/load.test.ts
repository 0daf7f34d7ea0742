import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { isHere, listeningProcess } from "../../../src/tradeoff/bench/listening-process.node.ts";
import { generateLoad, Requests } from "../../../src/tradeoff/bench/load.node.ts";
import { failureWords, type LoadPlan } from "../../../src/tradeoff/bench/load.ts";

let server: http.Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A served model; `answer` may fail, stall or lie. */
async function serve(answer: http.RequestListener): Promise<{ port: number; plan: LoadPlan }> {
  const opened = http.createServer(answer);
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, "127.0.0.1", resolve));
  const { port } = opened.address() as AddressInfo;
  const plan = {
    url: `http://127.0.0.1:${port}/predict`,
    method: "POST",
    headers: {},
    seconds: 0.1,
    timeout: 1,
  };
  return { port, plan };
}

describe("a load", () => {
  it("keeps so many requests under way, and sends the body with each", async () => {
    const held: http.ServerResponse[] = [];
    const most: number[] = [];
    const bodies = new Set<string>();
    // None is answered until three are under way, however slow the machine is: with fewer all would time out.
    const { plan } = await serve((request, response) => {
      request.on("data", (piece) => bodies.add(String(piece)));
      request.on("end", () => {
        held.push(response);
        if (held.length < 3 && most.length === 0) return;
        most.push(held.length);
        for (const each of held.splice(0)) each.end("{}");
      });
    });
    const result = await generateLoad({ ...plan, timeout: 20, concurrency: 3 }, Buffer.from("row"));
    expect(Math.max(...most)).toBe(3);
    expect([...bodies]).toEqual(["row"]);
    expect(result.requests).toBeGreaterThanOrEqual(3);
    expect(result.at).toHaveLength(result.requests);
    expect(result.seconds.every((each) => each > 0)).toBe(true);
    expect(result.failures).toEqual({});
  });

  it("starts so many per second, and counts the wait in a server's queue", async () => {
    let chain = Promise.resolve();
    const { plan } = await serve((_, response) => {
      chain = chain.then(() => new Promise((resolve) => setTimeout(resolve, 10)));
      void chain.then(() => response.end());
    });
    const result = await generateLoad({ ...plan, rate: 300 }, undefined);
    expect(result.requests).toBe(30);
    // One takes 10 ms, one is due each 3.3 ms: the last waits for some 20 others.
    expect(result.seconds.at(-1)!).toBeGreaterThan(0.1);
  });

  it("counts what failed, by why", async () => {
    let turn = 0;
    const { plan } = await serve((_, response) => {
      response.statusCode = ++turn % 2 === 0 ? 503 : 200;
      response.end();
    });
    const result = await generateLoad({ ...plan, concurrency: 1 }, undefined);
    expect(result.failures["HTTP 503"]).toBe(result.requests - result.at.length);
    expect(failureWords(result)).toMatch(/^HTTP 503 \(\d+\)$/);
  });

  it("counts units in answers", async () => {
    const { plan } = await serve((_, response) => response.end('{"completion_tokens": 12}'));
    const ask = (pattern: string) => {
      const requests = new Requests({ ...plan, pattern }, undefined);
      return requests.send().finally(() => requests.close());
    };
    expect(await ask('"completion_tokens": (\\d+)')).toEqual({ ok: true, units: 12 });
    expect(await ask("nothing")).toMatchObject({ ok: false, failure: "no match for --count in the answer" });
  });

  it("gives up a request that has no answer, or none to speak to", async () => {
    const { plan } = await serve(() => undefined);
    const slow = new Requests({ ...plan, timeout: 0.05 }, undefined);
    expect(await slow.send()).toMatchObject({ ok: false, failure: "no answer within 0.05 s" });
    slow.close();
    const nobody = new Requests({ ...plan, url: "http://127.0.0.1:1/" }, undefined);
    expect(await nobody.send()).toMatchObject({ ok: false, failure: "ECONNREFUSED" });
    nobody.close();
  });
});

describe("the process that serves", () => {
  it.runIf(process.platform === "linux")("is found by its port", async () => {
    const { port } = await serve(() => undefined);
    expect(listeningProcess(port)).toBe(process.pid);
    expect(listeningProcess(1)).toBeUndefined();
    expect(listeningProcess(port, "/nowhere")).toBeUndefined();
  });

  it("is here where the address is this machine's", () => {
    for (const name of ["localhost", "127.0.0.1", "[::1]", "0.0.0.0"]) expect(isHere(name)).toBe(true);
    expect(isHere("models.example.org")).toBe(false);
  });
});
