import type { World } from './model.ts'

/** The newest form of a snapshot that this program reads and writes. */
const format = 1

const marks = new Set(['$map', '$set', '$object'])

/** Plain JSON from data with maps and sets. An object that looks like one of our marks is wrapped. */
function encode(value: unknown): unknown {
  if (value instanceof Map) return { $map: Array.from(value, ([key, inner]) => [key, encode(inner)]) }
  if (value instanceof Set) return { $set: Array.from(value) }
  if (Array.isArray(value)) return value.map(encode)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [key, encode(inner)])
  const plain = Object.fromEntries(entries)
  return entries.some(([key]) => marks.has(key)) ? { $object: plain } : plain
}

function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode)
  if (typeof value !== 'object' || value === null) return value
  if ('$map' in value && Array.isArray(value.$map)) {
    return new Map(value.$map.map(([key, inner]: [unknown, unknown]) => [key, decode(inner)]))
  }
  if ('$set' in value && Array.isArray(value.$set)) return new Set(value.$set)
  const inner = '$object' in value ? value.$object : value
  if (typeof inner !== 'object' || inner === null) return inner
  return Object.fromEntries(Object.entries(inner).map(([key, member]) => [key, decode(member)]))
}

const isWorld = (value: unknown): value is World =>
  typeof value === 'object' &&
  value !== null &&
  'format' in value &&
  value.format === format &&
  'sites' in value

/** The whole world as text. */
export function writeSnapshot(world: World): string {
  return JSON.stringify(encode(world))
}

/** @throws Error with a sentence for the operator when the text is not a snapshot of this format */
export function readSnapshot(text: string): World {
  const value: unknown = decode(JSON.parse(text))
  if (!isWorld(value)) throw new Error(`it is not a snapshot of format ${format}`)
  return value
}
