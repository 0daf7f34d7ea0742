/** Chains of methods on what a call gives: `load(...).half().cuda().eval()`. */

import type { Call } from "./python-facts.ts";

/** The call that a chain of `.half().cuda().eval()` starts with. */
export function chainStart(call: Call | undefined): Call | undefined {
  let start = call;
  for (let guard = 0; guard < 10; guard++) {
    const before = start?.receiver?.call;
    if (start === undefined || before === undefined) break;
    if (!/^(?:half|float|bfloat16|quantize|to|cuda|cpu|eval|train|requires_grad_)$/.test(start.method)) break;
    start = before;
  }
  return start;
}
