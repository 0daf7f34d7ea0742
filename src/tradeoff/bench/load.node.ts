/** Asks a served model as the user said: so many requests at once, or so many per second. */

import * as http from "node:http";
import * as https from "node:https";
import { performance } from "node:perf_hooks";
import { unitsIn } from "./line-counter.ts";
import { type LoadPlan, type LoadResult, NO_UNITS } from "./load.ts";

/** Requests that may wait for an answer at once under a rate: a server that far behind will not catch up. */
const MOST_WAITING = 5_000;
/** Characters of an answer in which units are looked for. */
const READ = 1_000_000;

export interface Answer {
  ok: boolean;
  /** Why it does not count. */
  failure?: string;
  units: number;
}

/** Sends requests of one plan. Never throws: what goes wrong is in the answer. */
export class Requests {
  private readonly agent: http.Agent;
  private readonly url: URL;
  private readonly pattern: RegExp | undefined;

  constructor(
    private readonly plan: LoadPlan,
    private readonly body: Buffer | undefined,
  ) {
    this.url = new URL(plan.url);
    const options = { keepAlive: true, maxSockets: plan.concurrency ?? Number.POSITIVE_INFINITY };
    this.agent = this.url.protocol === "https:" ? new https.Agent(options) : new http.Agent(options);
    this.pattern = plan.pattern === undefined ? undefined : new RegExp(plan.pattern);
  }

  send(): Promise<Answer> {
    const { plan, body, url, agent } = this;
    const { request } = url.protocol === "https:" ? https : http;
    return new Promise((resolve) => {
      const fail = (failure: string) => resolve({ ok: false, failure, units: 0 });
      const sent = request(url, {
        method: plan.method,
        agent,
        headers: { ...plan.headers, ...(body && { "content-length": String(body.length) }) },
      });
      const clock = setTimeout(
        () => sent.destroy(Object.assign(new Error(), { code: `no answer within ${plan.timeout} s` })),
        plan.timeout * 1000,
      );
      sent.on("error", (error: NodeJS.ErrnoException) => {
        clearTimeout(clock);
        fail(error.code ?? error.message);
      });
      sent.on("response", (response) => {
        let text = "";
        response.on("data", (piece: Buffer) => {
          if (this.pattern && text.length < READ) text += piece.toString("utf8");
        });
        response.on("error", (error: NodeJS.ErrnoException) => {
          clearTimeout(clock);
          fail(error.code ?? error.message);
        });
        response.on("end", () => {
          clearTimeout(clock);
          const status = response.statusCode ?? 0;
          if (status < 200 || status > 299) return fail(`HTTP ${status}`);
          const units = this.pattern ? unitsIn(text, this.pattern)?.units : 1;
          if (units === undefined) return fail(NO_UNITS);
          resolve({ ok: true, units });
        });
      });
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

const mono = () => Number(process.hrtime.bigint()) / 1e9;

/** Under a rate a latency counts from when the request was due, so that a server that stalls does not hide its queue. */
export async function generateLoad(plan: LoadPlan, body: Buffer | undefined): Promise<LoadResult> {
  const requests = new Requests(plan, body);
  const result: LoadResult = { at: [], seconds: [], units: [], requests: 0, failures: {}, busy: 0 };
  const until = mono() + plan.seconds;
  const used = performance.eventLoopUtilization();
  const once = async (due: number) => {
    result.requests++;
    const { ok, failure = "", units } = await requests.send();
    const done = mono();
    if (!ok) {
      result.failures[failure] = (result.failures[failure] ?? 0) + 1;
      return;
    }
    result.at.push(done);
    result.seconds.push(done - due);
    result.units.push(units);
  };
  if (plan.rate === undefined) {
    const worker = async () => {
      while (mono() < until) await once(mono());
    };
    await Promise.all(Array.from({ length: plan.concurrency ?? 1 }, worker));
  } else await atRate(plan.rate, plan.seconds, once, result);
  result.busy = performance.eventLoopUtilization(used).utilization;
  requests.close();
  return result;
}

async function atRate(
  rate: number,
  seconds: number,
  once: (due: number) => Promise<void>,
  result: LoadResult,
): Promise<void> {
  const waiting = new Set<Promise<void>>();
  const start = mono();
  const count = Math.ceil(rate * seconds);
  const behind = `more than ${MOST_WAITING} requests waited for an answer: not sent`;
  for (let index = 0; index < count; ) {
    for (; index < count && start + index / rate <= mono(); index++) {
      if (waiting.size >= MOST_WAITING) {
        result.requests++;
        result.failures[behind] = (result.failures[behind] ?? 0) + 1;
        continue;
      }
      const sent = once(start + index / rate).finally(() => waiting.delete(sent));
      waiting.add(sent);
    }
    const wait = start + index / rate - mono();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, wait * 1000)));
  }
  await Promise.all(waiting);
}
