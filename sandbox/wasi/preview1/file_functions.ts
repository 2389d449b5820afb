import type { WasiContext } from "./context.ts";
import { demand, directoryOf } from "./descriptors.ts";
import { fail } from "./errno.ts";
import { writeFileStatus } from "./file_status.ts";
import { readPath } from "./paths.ts";
import { RIGHT } from "./rights.ts";
import type { WasiFunctions } from "./signatures.ts";

/** What is to be said of open files, and changing files, which is refused. */
export function fileFunctions(context: WasiContext): WasiFunctions {
  const { descriptors } = context;
  return {
    fd_filestat_get: (number: number, result: number) => {
      const descriptor = descriptors.get(number);
      demand(descriptor, RIGHT.stat);
      writeFileStatus(context, result, descriptor.target);
    },
    ...changesOfOpenFiles(context),
    ...changesOfPaths(context),
  };
}

function changesOfOpenFiles({ descriptors }: WasiContext): WasiFunctions {
  const refuse = (number: number): never => {
    descriptors.get(number);
    return fail("rofs");
  };
  return {
    fd_allocate: refuse,
    fd_filestat_set_size: refuse,
    fd_filestat_set_times: refuse,
  };
}

/** All of them look at their arguments first, so that what is wrong is told before what is not possible. */
function changesOfPaths(context: WasiContext): WasiFunctions {
  const check = (number: number, address: number, length: number) => {
    directoryOf(context.descriptors.get(number));
    readPath(context, address, length);
  };
  const change = (number: number, address: number, length: number): never => {
    check(number, address, length);
    return fail("rofs");
  };
  const changeTwo = (
    number: number,
    address: number,
    length: number,
    newNumber: number,
    newAddress: number,
    newLength: number,
  ): never => {
    check(number, address, length);
    return change(newNumber, newAddress, newLength);
  };
  return {
    path_create_directory: change,
    path_remove_directory: change,
    path_unlink_file: change,
    path_filestat_set_times: (number: number, _lookup: number, address: number, length: number) =>
      change(number, address, length),
    path_link: (
      number: number,
      _lookup: number,
      ...rest: [number, number, number, number, number]
    ) => changeTwo(number, ...rest),
    path_rename: changeTwo,
    path_symlink: (
      target: number,
      targetLength: number,
      number: number,
      address: number,
      length: number,
    ) => {
      readPath(context, target, targetLength);
      change(number, address, length);
    },
  };
}
