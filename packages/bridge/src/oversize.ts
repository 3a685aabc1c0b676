/** A literal that can be an id. */
const id = String.raw`(-?\d{1,20}|"(?:[^"\\]|\\.){0,200}")`

/** An id before anything that could be long. */
const early = new RegExp(
  String.raw`^\s*\{\s*(?:"(?:jsonrpc|method)"\s*:\s*"[^"\\]*"\s*,\s*)*"id"\s*:\s*${id}\s*[,}]`,
)

/** An id behind all that could be long. */
const late = new RegExp(String.raw`"id"\s*:\s*${id}\s*(?:,\s*"(?:jsonrpc|method)"\s*:\s*"[^"\\]*"\s*)*\}\s*$`)

/**
 * Looks for the id of a message of which only the ends are known, so that whoever sent it can be told. Members before
 * it or behind it may be `jsonrpc` and `method`. Undefined when it stands elsewhere.
 */
export function idNear(head: Buffer, tail: Buffer): string | undefined {
  return early.exec(head.toString())?.[1] ?? late.exec(tail.toString())?.[1]
}
