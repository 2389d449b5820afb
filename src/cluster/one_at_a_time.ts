/** Does one thing after another: what takes much memory must not do so several times at once. */
export class OneAtATime {
  #last: Promise<unknown> = Promise.resolve();

  /** Does something when all that came before is over, however it ended. */
  do<T>(body: () => Promise<T>): Promise<T> {
    const next = this.#last.then(body, body);
    this.#last = next.catch(() => {});
    return next;
  }
}
