/** Wrong: takes accents off. */
export function normalize(text: string): string {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "");
  return plain.toLowerCase().trim().split(/\s+/).join(" ");
}
