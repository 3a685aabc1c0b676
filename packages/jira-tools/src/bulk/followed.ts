import type { Jira } from '@telamon/jira'
import { getBulkOperationProgress } from '@telamon/jira/operations'
import type { BulkOperationProgress } from '@telamon/jira/operations'
import { writtenCall } from '@telamon/tool-registry'
import type { ToolContext } from '@telamon/tool-registry'

import { isOver, progressText } from './progress.ts'

/** The operation that following a bulk change may call. */
export const followOperations = [getBulkOperationProgress] as const

/** How often its state is asked for before the caller is told to come back. */
const mostLooks = 12

/** A bulk change that was begun, as a reply says it. */
export interface Followed {
  readonly text: string
  readonly data: { readonly taskId: string; readonly status: string }
}

/**
 * Follows a bulk change for a while. What is not over by then goes on at Jira, and the reply names the call that looks
 * at it.
 */
export async function followed(
  jira: Pick<Jira, 'bulk'>,
  taskId: string,
  { signal, progress: tell }: Pick<ToolContext, 'signal' | 'progress'>,
): Promise<Followed> {
  let last: BulkOperationProgress | undefined
  let looks = 0
  for await (const state of jira.bulk.follow(taskId, { signal })) {
    last = state
    looks += 1
    tell?.({ progress: state.progressPercent ?? 0, total: 100 })
    if (isOver(state) || looks === mostLooks) break
  }
  const status = last?.status ?? 'UNKNOWN'
  const more =
    last !== undefined && isOver(last)
      ? ''
      : `\nIt goes on at Jira: call ${writtenCall('getJiraBulkOperationProgress', { taskId })}.`
  return {
    text: `Task ${taskId}: ${last === undefined ? 'begun.' : progressText(last)}${more}`,
    data: { taskId, status },
  }
}
