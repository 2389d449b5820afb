/** What no WIT holds outside of comments, either of two: the text at fault may be at fault for the other. */
const STRANGERS = ["$", "?"] as const;

/**
 * The line of a WIT text that a complaint is about, which wasm-tools does not tell.
 *
 * A parser stops at the first thing that it cannot read. So the text is cut below a line and a character is
 * put there that no WIT holds: the complaint stays the same if its cause is above the cut, and halving finds
 * the line. A complaint about what a name means comes after all is read: its line is the one that holds the
 * name, if only one does.
 *
 * @param complaint What wasm-tools says of the whole text.
 * @param complaintOf What it says of another text; undefined if nothing.
 * @returns The line, from 1, or undefined where it cannot be told.
 */
export async function lineOfComplaint(
  wit: string,
  complaint: string,
  complaintOf: (wit: string) => Promise<string | undefined>,
): Promise<number | undefined> {
  const lines = wit.trimEnd().split("\n");
  if (complaint.endsWith("found eof")) return lines.length;
  if (complaint.includes("unterminated block comment")) return lineOfOpenComment(wit);
  const stranger = complaint.includes(STRANGERS[0]) ? STRANGERS[1] : STRANGERS[0];
  const isAbove = async (cut: number) =>
    await complaintOf([...lines.slice(0, cut), stranger].join("\n")) === complaint;
  if (!await isAbove(lines.length)) return onlyLineWith(lines, complaint);
  let [before, line] = [0, lines.length];
  while (line - before > 1) {
    const cut = Math.floor((before + line) / 2);
    if (await isAbove(cut)) line = cut;
    else before = cut;
  }
  return line;
}

/** A comment that has no end begins after those that have one. */
function lineOfOpenComment(wit: string): number | undefined {
  const start = wit.indexOf("/*", wit.lastIndexOf("*/") + 1);
  return start === -1 ? undefined : wit.slice(0, start).split("\n").length;
}

function onlyLineWith(lines: readonly string[], complaint: string): number | undefined {
  const name = /`([^`]+)`/.exec(complaint)?.[1];
  if (name === undefined) return undefined;
  const holds = (line: string) => [...line.matchAll(/[\w-]+/g)].some(([word]) => word === name);
  const [line, ...more] = lines.flatMap((text, at) => holds(text) ? [at + 1] : []);
  return more.length === 0 ? line : undefined;
}
