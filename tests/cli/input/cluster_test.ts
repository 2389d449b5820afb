import { describe, expect, test } from "vitest";
import type { OptionValues } from "../../../src/cli/command.ts";
import { DISPATCH_OPTIONS, parseCluster, parseDispatch } from "../../../src/cli/input/cluster.ts";
import { parseServers } from "../../../src/cli/input/servers.ts";
import { optionOf } from "../../../src/cli/input/worker_options.ts";
import { clusterOptionsSchema } from "../../../src/cluster/cluster_options.ts";

const NATS = "nats://127.0.0.1:4222";
const parse = (options: OptionValues) => parseCluster({ nats: NATS, ...options });

describe("addresses of servers", () => {
  test.each([
    ["nats://localhost", ["nats://localhost"]],
    ["tls://broker.example.org:4222", ["tls://broker.example.org:4222"]],
    ["nats://[::1]:65535", ["nats://[::1]:65535"]],
    ["tls://[fe80::1]", ["tls://[fe80::1]"]],
    ["nats://nats_server:1, nats://b:4222", ["nats://nats_server:1", "nats://b:4222"]],
  ])("%s", (text, servers) => {
    expect(parseServers(text)).toEqual(servers);
  });

  test.each([
    ["", /must be addresses of NATS servers, .*: current value is ""$/],
    [" ", /must be addresses of NATS servers, .*: current value is " "$/],
    [",", /must be addresses of NATS servers, .*: current value is ","$/],
    [
      "nats://a,,nats://b",
      /with one comma between two: current value is "nats:\/\/a,,nats:\/\/b"$/,
    ],
    ["nats://a,", /with one comma between two: current value is "nats:\/\/a,"$/],
    ["nats://a:0", /must have a port from 1 to 65535: current value is "nats:\/\/a:0"$/],
    ["nats://a:65536", /must have a port from 1 to 65535: .*"nats:\/\/a:65536"$/],
    ["nats://a:", /must have a port from 1 to 65535: .*"nats:\/\/a:"$/],
    ["nats://[::1]:0", /must have a port from 1 to 65535/],
    ["nats://a:4222,nats://b:x", /must have a port from 1 to 65535: .*"nats:\/\/b:x"$/],
    ["nats://[::1", /must be the address of a NATS server, such as .*"nats:\/\/\[::1"$/],
    ["nats://[::g]:4222", /must be the address of a NATS server/],
    ["nats://::1", /must be the address of a NATS server/],
    ["nats://a:1:2", /must be the address of a NATS server/],
    ["nats://", /must be the address of a NATS server/],
    ["nats://a/b", /must be the address of a NATS server/],
    ["http://a:4222", /must be the address of a NATS server, such as .*"http:\/\/a:4222"$/],
    ["a:4222", /must be the address of a NATS server/],
    [Array(101).fill(NATS).join(","), /must be at most 100 addresses: .*"101 addresses"$/],
  ])("%j is refused", (text, message) => {
    expect(() => parseServers(text)).toThrow(/^Cannot use --nats as it /);
    expect(() => parseServers(text)).toThrow(message);
  });

  test.each([
    "nats://user:pass-word@host:4222",
    "nats://pass-word@host",
    "user:pass-word@host",
    "nats://user:pass-word,more@host:4222",
    "nats://user:pass-word/more@host",
    "nats://one:4222,nats://user:pass-word@host",
  ])("%s is refused, and the password not repeated", (text) => {
    expect(() => parseServers(text)).toThrow(
      /^Cannot use --nats as it must not hold a user, .*: use --nats-user with --nats-password-file, or --nats-creds$/,
    );
    expect(() => parseServers(text)).not.toThrow(/pass-word/);
    const { error } = clusterOptionsSchema.safeParse({ servers: [text] });
    expect(error?.issues[0]?.message).toBe("must not hold a user, a password or a token");
    expect(JSON.stringify(error)).not.toContain("pass-word");
  });
});

describe("what cannot be used is refused with its flag", () => {
  test.each<[OptionValues, RegExp]>([
    [
      { natsUser: "a" },
      /^Cannot use --nats-user as it must go with --nats-password-file: there is/,
    ],
    [
      { natsPasswordFile: "a" },
      /^Cannot use --nats-password-file as it must go with --nats-user: /,
    ],
    [{ tlsCert: "a" }, /^Cannot use --tls-cert as it must go with --tls-key: there is none$/],
    [{ tlsKey: "a" }, /^Cannot use --tls-key as it must go with --tls-cert: there is none$/],
    [{ natsCreds: "a", natsUser: "b" }, /^Cannot use --nats-user with --nats-creds as one of them/],
    [
      { natsCreds: "a", natsPasswordFile: "b" },
      /^Cannot use --nats-password-file with --nats-creds as one of them must say who we are$/,
    ],
    [
      { natsUser: "", natsPasswordFile: "b" },
      /^Cannot use --nats-user as it must be a name of 1 to/,
    ],
    [{ ackWait: "2h" }, /^Cannot use --ack-wait as it must be from 500ms to 1h .*: .*"2h"$/],
    [{ ackWait: "0.1s" }, /^Cannot use --ack-wait as it must be from 500ms to 1h/],
    [{ prefix: "" }, /^Cannot use --prefix as it must be a lower-case word/],
  ])("%o", (options, message) => {
    expect(() => parse(options)).toThrow(message);
  });

  test.each<[OptionValues, RegExp]>([
    [{ require: "gpu,,cpu" }, /^Cannot use --require as a capability must be .*"gpu,,cpu"$/],
    [{ require: "" }, /^Cannot use --require as it must have at least one tag/],
    [{ inFlight: "0" }, /^Cannot use --in-flight as it must be a whole number from 1 to 10000/],
    [{ run: "" }, /^Cannot use --run as it must have 1 to 200 characters: .*""$/],
    [
      { require: Array.from({ length: 7 }, (_, at) => `t${at}-${"x".repeat(29)}`).join(",") },
      /^Cannot use --require as it must have at most 200 characters in all: /,
    ],
    [{ trustNodes: "" }, /^Cannot read --trust-nodes from "": it is not there$/],
  ])("%o", async (options, message) => {
    await expect(parseDispatch({ nats: NATS, ...options })).rejects.toThrow(message);
  });

  // The first of all is --nats itself.
  test.each(DISPATCH_OPTIONS.slice(1).map(({ flags }) => flags.replace(/ .*/, "")))(
    "%s without --nats",
    async (flag) => {
      await expect(parseDispatch({ [optionOf(flag)]: "1" })).rejects.toThrow(
        `Cannot use ${flag} without --nats`,
      );
    },
  );
});

test("an ack-wait may be an hour", () => {
  expect(parse({ ackWait: "1h" }).ackWaitMs).toBe(3_600_000);
  expect(parse({ ackWait: "500ms" }).ackWaitMs).toBe(500);
});
