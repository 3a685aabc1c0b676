/** An answer before it becomes a `Response`: what a handler says, without the headers that every answer has. */
export interface Reply {
  readonly status: number
  /** JSON. Absent: the answer has no body, unless `text` is there. */
  readonly body?: unknown
  /** A body that is not JSON. */
  readonly text?: string
  /** A body of bytes. */
  readonly bytes?: Uint8Array<ArrayBuffer>
  /** Lower-case names. They win over those that every answer has. */
  readonly headers?: Readonly<Record<string, string>>
}

/** 200 with JSON. */
export function ok(body: unknown): Reply {
  return { status: 200, body }
}

/** An answer with JSON and a status. */
export function json(status: number, body: unknown, headers?: Reply['headers']): Reply {
  return { status, body, ...(headers && { headers }) }
}

/** A status without a body. */
export function empty(status = 204, headers?: Reply['headers']): Reply {
  return { status, ...(headers && { headers }) }
}

/** Carries a refusal from the depth of a handler to the edge. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly reply: Reply

  constructor(reply: Reply) {
    super(`refused with ${reply.status}`)
    this.reply = reply
  }
}

/** Ends the call with this answer. */
export function refuse(reply: Reply): never {
  throw new Refusal(reply)
}
