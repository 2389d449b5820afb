/**
 * The parts of a list with commas between; none where there is nothing at all. An empty part is a part: a list with one
 * was most often put together of what is not there.
 */
export function splitList(text: string): string[] {
  return text.trim() === "" ? [] : text.split(",").map((part) => part.trim());
}
