/** A text without what is beyond a length, in UTF-16 units; an ellipsis stands for it. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}
