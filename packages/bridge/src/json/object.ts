/** An object of JSON whose members nobody has looked at yet. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a value is an object and not a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads text as an object of JSON. Undefined when it is anything else. */
export function parseJsonObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined // What the text is instead matters to nobody: callers say what they expected.
  }
}

/** A member that is an object; empty when it is not. */
export function objectIn(value: JsonObject | undefined, key: string): JsonObject {
  const member = value?.[key]
  return isJsonObject(member) ? member : {}
}

/** A member that is text and not empty. */
export function textIn(value: JsonObject | undefined, key: string): string | undefined {
  const member = value?.[key]
  return typeof member === 'string' && member !== '' ? member : undefined
}

/** A member that is a list of texts; what else the list holds is left out. */
export function textsIn(value: JsonObject | undefined, key: string): readonly string[] | undefined {
  const member = value?.[key]
  return Array.isArray(member) ? member.filter((item) => typeof item === 'string') : undefined
}

/** A member that is a finite number. */
export function numberIn(value: JsonObject | undefined, key: string): number | undefined {
  const member = value?.[key]
  return typeof member === 'number' && Number.isFinite(member) ? member : undefined
}
