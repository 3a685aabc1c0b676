/** What a snapshot and a journal are made of: one line of JSON for each thing of the world. */

/**
 * `[path, key, value]`: a thing of a table, as it is now; without a value it is gone. With an empty key it is a level of
 * the world itself: what stands in it, and the names of its tables. `[path]` alone: the whole level is gone.
 */
export type WorldRecord =
  | readonly [path: string, key: string, value: unknown]
  | readonly [path: string, key: string]
  | readonly [path: string]

const marks = new Set(['$map', '$set', '$bytes', '$object'])

/** Plain JSON from data with maps, sets and bytes. An object that looks like one of our marks is wrapped. */
export function encode(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(encode)
  if (value instanceof Map) return { $map: Array.from(value, ([key, inner]) => [key, encode(inner)]) }
  if (value instanceof Set) return { $set: Array.from(value) }
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') }
  const entries = Object.entries(value)
  for (const entry of entries) entry[1] = encode(entry[1])
  const plain = Object.fromEntries(entries)
  return entries.some(([key]) => marks.has(key)) ? { $object: plain } : plain
}

/** The other way round. Works in place, since what it is given was read for it alone. */
export function decode(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    for (const [index, inner] of value.entries())
      if (typeof inner === 'object' && inner !== null) value[index] = decode(inner)
    return value
  }
  if ('$map' in value && Array.isArray(value.$map)) {
    return new Map(value.$map.map(([key, inner]: [unknown, unknown]) => [key, decode(inner)]))
  }
  if ('$set' in value && Array.isArray(value.$set)) return new Set(value.$set)
  if ('$bytes' in value && typeof value.$bytes === 'string')
    return new Uint8Array(Buffer.from(value.$bytes, 'base64'))
  const inner = '$object' in value ? value.$object : value
  if (typeof inner !== 'object' || inner === null) return inner
  for (const [key, member] of Object.entries(inner))
    if (typeof member === 'object' && member !== null) Reflect.set(inner, key, decode(member))
  return inner
}
