// What a task may give, at most. The driver says so in the task's isolate; the host, which cannot trust
// what comes out of it, checks again.

/** Most follow-ups that a relation may derive from one source. */
export const MOST_FOLLOW_UPS = 64;

/** Most characters of a cluster's or a group's key. */
export const MOST_KEY_CHARACTERS = 200;
