import { createHash, createHmac } from 'node:crypto'

/** Fills an array with random bytes and hands it back, as `crypto.getRandomValues` does. */
export type RandomSource = (array: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>

/** Chance in named streams, so that one more draw in one place leaves all others as they were. */
export interface Random {
  /** The next bytes of a stream. */
  bytes(stream: string, length: number): Uint8Array
  /** A version 4 UUID from a stream. */
  uuid(stream: string): string
  /** A secret of 256 bits that begins with `sim_`, so that nobody takes it for a real one. */
  token(stream: string): string
  /** A number from 0 to below 1. */
  fraction(stream: string): number
}

/** Where the streams stand; part of the world, so that a restart repeats nothing. */
export type Sequences = Map<string, number>

/**
 * Streams derived from the simulator's name by HMAC-SHA-256: the same requests in the same order give the same bytes.
 * With a `source` they come from there instead, and nobody can foretell them.
 */
export function createRandom(sequences: () => Sequences, source?: RandomSource): Random {
  const bytes = (stream: string, length: number): Uint8Array => {
    if (source) return source(new Uint8Array(length))
    const name = `random:${stream}`
    const position = (sequences().get(name) ?? 0) + 1
    sequences().set(name, position)
    const blocks: Buffer[] = []
    for (let block = 0; block * 32 < length; block += 1) {
      blocks.push(createHmac('sha256', 'telamon-simulator').update(`${stream}:${position}:${block}`).digest())
    }
    return Buffer.concat(blocks).subarray(0, length)
  }
  return {
    bytes,
    uuid: (stream) => asUuid(bytes(stream, 16)),
    token: (stream) => `sim_${Buffer.from(bytes(stream, 32)).toString('base64url')}`,
    fraction: (stream) => Buffer.from(bytes(stream, 6)).readUIntBE(0, 6) / 2 ** 48,
  }
}

/** The UUID that always belongs to this text. */
export function uuidOf(text: string): string {
  return asUuid(createHash('sha256').update(text).digest())
}

/** Sixteen bytes in the form of a version 4 UUID (RFC 9562, section 5.4). */
function asUuid(bytes: Uint8Array): string {
  const raw = Buffer.from(bytes.subarray(0, 16))
  raw.writeUInt8((raw.readUInt8(6) & 0x0f) | 0x40, 6)
  raw.writeUInt8((raw.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = raw.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
