import type { Writable } from 'node:stream'

/** Standard output: the protocol while the proxy runs. */
export const protocolOutput = (): Writable => process.stdout

/** Where questions to a person go, which are not part of what was asked for. */
export const promptOutput = (): Writable => process.stderr

/** Prints what a person asked for. Only for commands that do not speak the protocol. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
