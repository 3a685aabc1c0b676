import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

import { bits, integer, numbered, objectId, octets, sequence, setOf, utcTime, utf8, yes } from './der.ts'

/** A certificate with its key, as PEM. */
export interface Certified {
  readonly certificate: string
  readonly key: string
}

/** A certificate authority that was made for this run, and a certificate of it. */
export interface Authority extends Certified {
  /** What clients are to trust: `NODE_EXTRA_CA_CERTS`, `SSL_CERT_FILE`, `REQUESTS_CA_BUNDLE`. */
  readonly authority: string
}

const day = 86_400_000
const ecdsaWithSha256 = sequence(objectId('1.2.840.10045.4.3.2'))

const named = (commonName: string): Buffer => sequence(setOf(sequence(objectId('2.5.4.3'), utf8(commonName))))

const extension = (id: string, critical: boolean, content: Buffer): Buffer =>
  sequence(objectId(id), ...(critical ? [yes] : []), octets(content))

/** The bits of a key's uses, counted from the left (RFC 5280, section 4.2.1.3). */
const keyUsage = (unused: number, uses: number): Buffer =>
  extension('2.5.29.15', true, Buffer.of(0x03, 0x02, unused, uses))

interface Wanted {
  readonly subject: string
  readonly publicKey: KeyObject
  readonly issuer: string
  readonly issuerKey: KeyObject
  readonly extensions: readonly Buffer[]
  readonly now: number
}

/** Version 3 of X.509 (RFC 5280, section 4.1), from yesterday and for a month. */
function issue({ subject, publicKey, issuer, issuerKey, extensions, now }: Wanted): string {
  const body = sequence(
    numbered(0, integer(Buffer.of(2))),
    // Of full length whatever the draw, as DER wants a number to be.
    integer(Buffer.concat([Buffer.of(0x40), randomBytes(15)])),
    ecdsaWithSha256,
    named(issuer),
    sequence(utcTime(now - day), utcTime(now + 30 * day)),
    named(subject),
    publicKey.export({ format: 'der', type: 'spki' }),
    numbered(3, sequence(...extensions)),
  )
  const signed = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, issuerKey)))
  const lines = signed.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

/**
 * Makes an authority of our own and a certificate of it for these names. The authority's key is forgotten at once, so
 * that whoever trusts it trusts this one certificate.
 */
export function createAuthority(names: readonly string[], now: number): Authority {
  const root = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const leaf = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const issuer = 'Telamon simulator authority'
  const own = { issuer, issuerKey: root.privateKey, now }
  const authority = issue({
    ...own,
    subject: issuer,
    publicKey: root.publicKey,
    // An authority, whose key signs certificates.
    extensions: [extension('2.5.29.19', true, sequence(yes)), keyUsage(2, 0b0000_0100)],
  })
  const certificate = issue({
    ...own,
    subject: 'Telamon simulator',
    publicKey: leaf.publicKey,
    extensions: [
      extension('2.5.29.19', true, sequence()),
      keyUsage(7, 0b1000_0000),
      extension('2.5.29.37', false, sequence(objectId('1.3.6.1.5.5.7.3.1'))),
      extension('2.5.29.17', false, sequence(...names.map((name) => numbered(2, Buffer.from(name), false)))),
    ],
  })
  return { authority, certificate, key: leaf.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString() }
}
