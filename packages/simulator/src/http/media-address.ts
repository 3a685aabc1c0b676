import { createHmac, timingSafeEqual } from 'node:crypto'

import type { Call } from './call.ts'

/** How long an address of bytes is good for, in milliseconds (inferred). */
const lifetime = 15 * 60_000

/** Where the bytes of files are: the simulator's stand-in for the media host. */
export const mediaPrefix = '/simulator/media/'

function sign(fileId: string, expires: number): string {
  return createHmac('sha256', 'telamon-simulator-media').update(`${fileId} ${expires}`).digest('base64url')
}

/** An address that gives the bytes to whoever has it, for a while, as that of the media host does (documented: 302, 303). */
export function mediaAddress(
  { site, origins, clock }: Pick<Call, 'site' | 'origins' | 'clock'>,
  { fileId }: { readonly fileId: string },
): string {
  const expires = clock.now() + lifetime
  const url = new URL(`${mediaPrefix}${site.cloudId}/${fileId}/binary`, origins.api)
  url.searchParams.set('token', `${expires}.${sign(fileId, expires)}`)
  return url.href
}

/** Whose bytes an address is about, and whether it was given out here and is not over. */
export function readMediaAddress(
  url: URL,
  now: number,
): { readonly cloudId: string; readonly fileId: string; readonly isGood: boolean } {
  const [cloudId = '', fileId = ''] = url.pathname.slice(mediaPrefix.length).split('/')
  const [expires = '', mark = ''] = (url.searchParams.get('token') ?? '').split('.')
  const expected = Buffer.from(sign(fileId, Number(expires)))
  const given = Buffer.from(mark)
  const isSigned = given.length === expected.length && timingSafeEqual(given, expected)
  return { cloudId, fileId, isGood: isSigned && now < Number(expires) }
}
