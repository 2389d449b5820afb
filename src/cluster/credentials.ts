import * as z from "zod";

const USERS = "must be a name of 1 to 200 characters";

/** Who we are to a server, and whom we believe. Secrets are read from files, which processes do not show. */
export const credentialsSchema = z.strictObject({
  /** Name of a user of the server's configuration. */
  user: z.string().min(1, USERS).max(200, USERS).optional(),
  /** File that holds the user's password. */
  passwordFile: z.string().optional(),
  /** File with a user's JWT and seed, as `nsc` makes it. */
  credsFile: z.string().optional(),
  /** File with the certificates, in PEM, of the authorities that servers' certificates are checked by. */
  tlsCaFile: z.string().optional(),
  /** Files with a certificate and its key, in PEM, for servers that want one. */
  tlsCertFile: z.string().optional(),
  tlsKeyFile: z.string().optional(),
});

/** Who we are to a server, and whom we believe. */
export type Credentials = z.infer<typeof credentialsSchema>;
