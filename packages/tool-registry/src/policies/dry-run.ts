import type { OperationSpec } from '@telamon/rest'

import type { ToolReply } from '../tool.ts'
import { fence } from '../untrusted.ts'

/** A writing request that was not sent. */
export interface UnsentRequest {
  readonly operation: Pick<OperationSpec, 'method' | 'path'>
  /** Path, query and body, as the client was given them. */
  readonly input: unknown
}

const brand = Symbol.for('@telamon/tool-registry.DryRunStop')

/** Thrown by the services of a dry run in place of the first request that would have changed something. */
export class DryRunStop extends Error {
  override readonly name = 'DryRunStop'
  readonly request: UnsentRequest

  constructor(request: UnsentRequest) {
    super('This is a dry run.')
    Object.defineProperty(this, brand, { value: true })
    this.request = request
  }
}

/** Finds it also among the causes of an error that a client made of it. */
export function dryRunStopIn(error: unknown): DryRunStop | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < 8; depth += 1) {
    if (isDryRunStop(current)) return current
    current = current.cause
  }
  return undefined
}

function isDryRunStop(error: object): error is DryRunStop {
  return brand in error && error[brand] === true
}

/** What a dry run answers: all was checked and looked up, and this is what would be sent first. */
export function dryRunReply({ operation: { method, path }, input }: UnsentRequest): ToolReply {
  const request = fence(JSON.stringify(input, undefined, 1), { source: 'the request that was not sent' })
  return {
    text: `Dry run: nothing was changed. The arguments are right, and this would be sent first:\n${method} ${path}\n${request}`,
  }
}
