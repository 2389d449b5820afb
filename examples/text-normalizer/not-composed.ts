/** Wrong: leaves it to chance how accents are written. */
export function normalize(text: string): string {
  return text.toLowerCase().trim().split(/\s+/).join(" ");
}
