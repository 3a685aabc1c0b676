import { equalText, sha256 } from './tokens.ts'

const challengePattern = /^[A-Za-z0-9_-]{43}$/
const verifierPattern = /^[A-Za-z0-9._~-]{43,128}$/

/** Whether a text has the form of an S256 challenge. */
export const isChallenge = (text: string): boolean => challengePattern.test(text)

/** Whether a text has the form of a verifier. @see RFC 7636 section 4.1 */
export const isVerifier = (text: string): boolean => verifierPattern.test(text)

/** Whether a verifier belongs to an S256 challenge. @see RFC 7636 section 4.6 */
export const provesChallenge = (verifier: string, challenge: string): boolean =>
  equalText(sha256(verifier), challenge)
