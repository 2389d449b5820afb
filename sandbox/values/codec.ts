/** Values to text and back: how everything crosses the boundary of an isolate. */
export { CodecError } from "./codec_error.ts";
export { decode, hasTags } from "./decode.ts";
export { encode } from "./encode.ts";
