/** Wrong: knows the white space of ASCII only, so that no-break spaces stay, as spaces more. */
export function normalize(text: string): string {
  const single = text.replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "");
  return single.normalize("NFKC").toLowerCase();
}
