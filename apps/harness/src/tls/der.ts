/** The few forms of DER that a certificate is made of (ITU-T X.690). */

function tagged(tag: number, content: Uint8Array): Buffer {
  const { length } = content
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  const head = length < 128 ? [tag, length] : [tag, 128 + bytes.length, ...bytes]
  return Buffer.concat([Buffer.from(head), content])
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => tagged(0x30, Buffer.concat(parts))
export const setOf = (...parts: readonly Uint8Array[]): Buffer => tagged(0x31, Buffer.concat(parts))
export const utf8 = (text: string): Buffer => tagged(0x0c, Buffer.from(text))
export const octets = (content: Uint8Array): Buffer => tagged(0x04, content)
export const bits = (content: Uint8Array): Buffer => tagged(0x03, Buffer.concat([Buffer.of(0), content]))
export const yes = Buffer.of(0x01, 0x01, 0xff)

/** A positive number, given by its bytes. */
export const integer = (bytes: Uint8Array): Buffer =>
  tagged(0x02, (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]))

/** A part with a number of its own, explicit where it holds another part. */
export const numbered = (number: number, content: Uint8Array, explicit = true): Buffer =>
  tagged((explicit ? 0xa0 : 0x80) + number, content)

/** A dotted name, such as 2.5.29.17. */
export function objectId(name: string): Buffer {
  const [first = 0, second = 0, ...others] = name.split('.').map(Number)
  const septets = others.flatMap((part) => {
    const bytes = [part % 128]
    for (let rest = Math.floor(part / 128); rest > 0; rest = Math.floor(rest / 128))
      bytes.unshift(128 + (rest % 128))
    return bytes
  })
  return tagged(0x06, Buffer.from([first * 40 + second, ...septets]))
}

/** A moment until 2049, to the second. */
export function utcTime(instant: number): Buffer {
  const text = new Date(instant).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)
  return tagged(0x17, Buffer.from(`${text}Z`))
}
