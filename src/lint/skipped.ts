/** Why a file was not looked at. */
export interface Skipped {
  why: string;
  /** It should have been. */
  failed: boolean;
}
