/** Right: normalises each word by itself. */
export function normalize(text: string): string {
  const words = text.match(/\S+/g) ?? [];
  return words.map((word) => word.normalize("NFKC").toLowerCase()).join(" ");
}
