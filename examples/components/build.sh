#!/usr/bin/env bash
# Builds the WebAssembly files of examples/components and bench/kernels:
#   bash examples/components/build.sh [OUT] [LANGUAGE...]    languages: c rust assemblyscript
# OUT is a folder to put them into instead of the folders that they are committed in.
# Debian has what C and Rust need: apt-get install clang lld rustc libstd-rust-dev-wasm32
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
source="$root/examples/components"
out="${1:-}"
components="${out:-$source}"
kernels="${out:+$out/kernels}"
kernels="${kernels:-$root/bench/kernels}"
shift || true
languages="${*:-c rust assemblyscript}"
draft="$(mktemp -d)"
trap 'rm -rf "$draft"' EXIT
mkdir -p "$components" "$kernels"

# No paths of this machine get into a module: sources are named from the folder that they are in.
cd "$source"

cupel() {
  if command -v deno > /dev/null; then deno run -qA "$root/src/cli/main.ts" "$@"
  else npx -y deno run -qA "$root/src/cli/main.ts" "$@"; fi
}

component() { # NAME: of $draft/NAME.wasm
  cupel componentize "$draft/$1.wasm" --wit top-k.wit --out "$components/$1.wasm" > /dev/null
}

# Compiled and linked apart: clang would let a wasm-opt that it happens to find change what it links.
cc() { # OUT SOURCE...
  local out="$1" source objects=()
  shift
  for source in "$@"; do
    objects+=("$draft/$(basename "$source" .c).o")
    clang --target=wasm32 -std=c11 -O2 -Wall -Wextra -Werror -ffreestanding -mbulk-memory \
      -c "$source" -o "${objects[-1]}"
  done
  wasm-ld --no-entry --strip-all -z stack-size=16384 "${objects[@]}" -o "$out"
}

build_c() {
  for name in top-k drops-duplicates; do
    cc "$draft/$name-c.wasm" c/component.c "c/$name.c"
    component "$name-c"
  done
  cc "$components/top-k-wasi.wasm" wasi/top-k.c
  for kernel in "$root"/bench/kernels/*.c; do
    cc "$kernels/$(basename "$kernel" .c).wasm" "$kernel"
  done
  chmod 644 "$components"/*.wasm "$kernels"/*.wasm
}

# Of all rustc, one that has the target: rustup's often has not, Debian's has with the package above.
find_rustc() {
  local rustc libraries
  for rustc in $(type -ap rustc) /usr/bin/rustc; do
    libraries="$("$rustc" --print target-libdir --target wasm32-unknown-unknown 2> /dev/null)" || continue
    [ -d "$libraries" ] && echo "$rustc" && return
  done
  echo "no rustc here has the target wasm32-unknown-unknown" >&2
  return 1
}

build_rust() {
  local rustc
  rustc="$(find_rustc)"
  "$rustc" --edition 2021 --crate-type cdylib --target wasm32-unknown-unknown \
    -C opt-level=s -C lto -C panic=abort -C strip=symbols -o "$draft/top-k-rust.wasm" rust/top-k.rs
  component top-k-rust
}

build_assemblyscript() {
  node "$root/node_modules/assemblyscript/bin/asc.js" assemblyscript/top-k.ts -O --noAssert \
    --runtime minimal --use abort= -o "$draft/top-k-assemblyscript.wasm"
  component top-k-assemblyscript
}

for language in $languages; do "build_$language"; done
