/** Numbers of an audit as texts. Pure. */

/** Three decimals: no table that fits here knows a rate better than that. `signed`: with a plus. */
export function digits(value: number, signed = false): string {
  const text = value.toFixed(3).replace(/^-(0\.0+)$/, "$1");
  return signed && Number(text) > 0 ? `+${text}` : text;
}

export const probability = (p: number): string => (p < 0.001 ? "p < 0.001" : `p ${p.toFixed(3)}`);

/** 0.95 -> "95 %" */
export const shareText = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;
