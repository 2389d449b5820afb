/** The last option of a relation's code, if it says what becomes of the output. */
const LAST_OPTION = /(\{|,) (output|direction): "\w+" \}\)$/;

/**
 * The code of the relation that says that the output stays the same, or does not shrink, where this code
 * says that it is scaled alike, or does not grow. Where both hold, the output does not follow the change
 * at all: `scaling({ output: "scaled" })` of an output without numbers says no more than `scaling()`.
 *
 * @returns `undefined` where there is no simpler form.
 */
export function simplerForm(code: string): string | undefined {
  if (!LAST_OPTION.test(code)) return undefined;
  return code.replace(LAST_OPTION, (_, before) => before === "," ? " })" : "").replace(/\($/, "()");
}
