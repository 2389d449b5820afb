import wabtModule from "wabt";

type Wabt = Awaited<ReturnType<typeof wabtModule>>;

const wabt: Wabt = await wabtModule();

/** What the tests write modules with: all that Cupel takes. Whether a module is valid, the engine says. */
const FEATURES = {
  exceptions: true,
  mutable_globals: true,
  sat_float_to_int: true,
  sign_extension: true,
  simd: true,
  multi_value: true,
  tail_call: true,
  bulk_memory: true,
  reference_types: true,
  extended_const: true,
};

/** Assembles a module from its text. */
export function wat(
  source: string,
  features: Record<string, boolean> = {},
): Uint8Array<ArrayBuffer> {
  const module = wabt.parseWat("test.wat", source, { ...FEATURES, ...features });
  try {
    return new Uint8Array(module.toBinary({ write_debug_names: true }).buffer);
  } finally {
    module.destroy();
  }
}
