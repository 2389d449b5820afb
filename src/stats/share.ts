/** How many of a sample passed. */
export interface Share {
  passed: number;
  total: number;
}
