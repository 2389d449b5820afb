/** Wraps text in a colour or weight; changes nothing where colour is off. */
export type Paint = (text: string) => string;

/** The few ways in which text for a terminal is set off. */
export interface Palette {
  bold: Paint;
  dim: Paint;
  good: Paint;
  bad: Paint;
  unsure: Paint;
}

const plain: Paint = (text) => text;

/** ECMA-48 "select graphic rendition", with the code that ends it again. */
function paint(start: number, end: number): Paint {
  return (text) => `\u001b[${start}m${text}\u001b[${end}m`;
}

/** A palette with colour, or one that leaves all text as it is. */
export function palette(colour: boolean): Palette {
  if (!colour) return { bold: plain, dim: plain, good: plain, bad: plain, unsure: plain };
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    good: paint(32, 39),
    bad: paint(31, 39),
    unsure: paint(33, 39),
  };
}
