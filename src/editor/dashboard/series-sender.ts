/** Which points of a series the page does not have yet. Pure but for what it remembers. */

import type { SeriesPiece } from "../../../webview/protocol.ts";
import type { PowerSeries, RunSummary } from "../../energy/run.ts";
import { seriesPieceOf } from "./dashboard-view.ts";

/** Points in one message: some 300 KB of JSON at most, so that the page draws and answers in between. */
const PIECE = 5_000;
/** A thinned series changes as a whole: it is sent again only when the time axis has grown by this part (under a pixel). */
const WORTH_RESENDING = 0.001;

export class SeriesSender {
  #sent: { run: string; rows: string; count: number; lastT: number } | undefined;

  /** Forgets what the page has: the next pieces begin at 0. */
  reset(): void {
    this.#sent = undefined;
  }

  /** The messages to send, in order; none when the page has all that would show. */
  pieces(run: RunSummary, series: PowerSeries): SeriesPiece[] {
    const count = series.t.length;
    const rows = series.watts.map((row) => row.id).join("\n");
    const sent = this.#sent?.run === run.id && this.#sent.rows === rows ? this.#sent : undefined;
    const joins =
      sent !== undefined &&
      count >= sent.count &&
      (sent.count === 0 || series.t[sent.count - 1] === sent.lastT);
    const lastT = series.t.at(-1) ?? 0;
    if (sent && joins && count === sent.count) return [];
    if (sent && !joins && run.state === "running" && lastT < sent.lastT * (1 + WORTH_RESENDING)) return [];
    this.#sent = { run: run.id, rows, count, lastT };
    const pieces: SeriesPiece[] = [];
    let from = joins ? sent.count : 0;
    do {
      const to = Math.min(count, from + PIECE);
      pieces.push(seriesPieceOf(run, series, from, to, to === count));
      from = to;
    } while (from < count);
    return pieces;
  }
}
