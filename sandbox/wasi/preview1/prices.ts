/** One call of any function, apart from what it does. */
export const FUEL_PER_CALL = 4000;

/** One place of the guest's memory that is written, apart from its bytes: the image has to hear of it. */
export const FUEL_PER_WRITE = 1200;

/** What an error number costs: it is thrown and caught. */
export const FUEL_PER_ERROR = 4000;

/** Saying what is known of a file. */
export const FUEL_PER_STATUS = 4000;

/** One vector of a list of buffers: two numbers are read, and a part of memory is looked at. */
export const FUEL_PER_VECTOR = 800;

/** A byte of a path: it is decoded, and each part, of two bytes or more, is looked up. */
export const FUEL_PER_PATH_BYTE = 120;

/** Making or looking for a descriptor: all of them may have to be looked through. */
export const FUEL_PER_OPEN = 8000;

/** One entry of a directory. */
export const FUEL_PER_ENTRY = 2400;

/** One subscription of a poll. */
export const FUEL_PER_SUBSCRIPTION = 4000;

/** One command-line argument, besides its bytes. */
export const FUEL_PER_ARGUMENT = 800;
