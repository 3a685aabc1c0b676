/** The header of client authentication by Basic (RFC 6749 section 2.3.1). */
export const basic = (id: string, secret: string) =>
  `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`

/** SHA-256 of a secret, base64url, as it is kept. */
export const secretHash = async (secret: string) =>
  Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(secret))).toString('base64url')
