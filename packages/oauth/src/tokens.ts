import { createHmac, hash, timingSafeEqual } from 'node:crypto'

/** Fills the array with bytes that nobody can guess, and returns it. */
export type Random = (array: Uint8Array<ArrayBuffer>) => Uint8Array

/** What a token is, told by its first letters, so that one found in a log says what it was. */
export const prefixes = {
  access: 'm_at_',
  refresh: 'm_rt_',
  code: 'm_ac_',
  client: 'm_cl_',
  secret: 'm_cs_',
} as const

const accessPattern = /^m_at_[A-Za-z0-9_-]{43}$/
const codePattern = /^m_ac_[A-Za-z0-9_-]{43}$/
const registeredPattern = /^m_cl_[A-Za-z0-9_-]{22}$/

/** Whether a text could be an access token of ours. Those that could not are never looked up. */
export const isAccessToken = (text: string): boolean => accessPattern.test(text)

/** Whether a text could be a code of ours. */
export const isCode = (text: string): boolean => codePattern.test(text)

/** Whether a text could be the id of a client that registered itself. */
export const isRegisteredId = (text: string): boolean => registeredPattern.test(text)

/**
 * An id as events may hold it: one that has the form of ours. Anything else was made up by whoever sent it, and could be
 * a token in the wrong place.
 */
export const tellableId = (text: string): { readonly clientId?: string } =>
  isRegisteredId(text) ? { clientId: text } : {}

/** So many random bytes as base64url. */
export const randomText = (random: Random, bytes: number): string =>
  Buffer.from(random(new Uint8Array(bytes))).toString('base64url')

/** SHA-256 as base64url. For values of 256 random bits, which need no salt. */
export const sha256 = (text: string): string => hash('sha256', text, 'base64url')

/** HMAC-SHA256 as base64url. */
export const hmac = (key: Uint8Array, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url')

/** Compares two texts in a time that depends on their lengths only. */
export function equalText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.byteLength === right.byteLength && timingSafeEqual(left, right)
}
