import type { DerivedKey, DerivedKeys } from './key-ring.ts'
import { equalText, hmac } from './tokens.ts'

/** What a refresh token says, once its MAC has been checked. */
export interface RefreshToken {
  readonly family: string
  readonly generation: number
  readonly kid: string
}

const longest = 256
const pattern =
  /^m_rt_(?<kid>[A-Za-z0-9_]{1,16})\.(?<family>[A-Za-z0-9_-]{22})\.(?<generation>\d{1,9})\.(?<mac>[A-Za-z0-9_-]{43})$/

/**
 * Derives the refresh token of a family's generation. The same key, family and generation always give the same text,
 * which is what makes an honest retry harmless.
 */
export function makeRefreshToken({ kid, key }: DerivedKey, family: string, generation: number): string {
  return `m_rt_${kid}.${family}.${generation}.${macOf(key, family, String(generation))}`
}

/**
 * Reads a refresh token. Nothing for one that is malformed or was not derived by a key of the ring, which is known
 * without a look into the store. The MAC covers the text as it came, so `00` is not the generation 0.
 */
export function parseRefreshToken(keys: DerivedKeys, text: string): RefreshToken | undefined {
  const groups = text.length > longest ? undefined : pattern.exec(text)?.groups
  if (groups === undefined) return undefined
  const { kid = '', family = '', generation = '', mac = '' } = groups
  const key = keys.find(kid)
  if (key === undefined || !equalText(macOf(key.key, family, generation), mac)) return undefined
  return { family, generation: Number(generation), kid }
}

const macOf = (key: Uint8Array, family: string, generation: string): string =>
  hmac(key, `rt|${family}|${generation}`)
