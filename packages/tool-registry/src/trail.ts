import { effectOf } from '@telamon/rest'

import type { AuditedOperation } from './events.ts'
import type { UpstreamCall } from './tool.ts'

/** What a call did upstream, as its clients reported it. */
export interface Trail {
  readonly report: (call: UpstreamCall) => void
  /** Grouped by operation and status, in the order of the first of each; at most 50 groups. */
  readonly operations: () => readonly AuditedOperation[]
  /** Whether a writing request was answered with success. */
  readonly wrote: () => boolean
}

const mostGroups = 50

/** Makes an empty trail. */
export function createTrail(): Trail {
  const groups = new Map<string, AuditedOperation>()
  let wrote = false
  return {
    report({ operation, status }) {
      const { method, path } = operation
      if (status !== undefined && status < 400 && effectOf(operation) !== 'read') wrote = true
      const key = `${method} ${path} ${status ?? ''}`
      const known = groups.get(key)
      if (known === undefined && groups.size >= mostGroups) return
      groups.set(key, {
        method,
        path,
        ...(status !== undefined && { status }),
        count: (known?.count ?? 0) + 1,
      })
    },
    operations: () => [...groups.values()],
    wrote: () => wrote,
  }
}
