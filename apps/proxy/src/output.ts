import type { Writable } from 'node:stream'

/** Standard output: the protocol while the proxy runs. */
export const protocolOutput = (): Writable => process.stdout

/** Prints what a person asked for. Only for commands that do not speak the protocol. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
