import type { BulkOperationProgress } from '@telamon/jira/operations'
import { fence, oneLine } from '@telamon/tool-registry'

const over: ReadonlySet<string> = new Set(['COMPLETE', 'FAILED', 'CANCELLED', 'DEAD'])

/** Whether Jira works on it no longer. */
export const isOver = ({ status = '' }: Pick<BulkOperationProgress, 'status'>): boolean => over.has(status)

/** How a bulk change stands: numbers first, then each issue that failed with the reason. */
export function progressText(progress: BulkOperationProgress): string {
  const { status = 'UNKNOWN', progressPercent = 0, totalIssueCount = 0 } = progress
  const { processedAccessibleIssues: done = [], failedAccessibleIssues: failed = {} } = progress
  const { invalidOrInaccessibleIssueCount: unseen = 0 } = progress
  const failures = Object.entries(failed).map(
    ([issue, reasons]) => `${issue}: ${reasons.map(oneLine).join('; ')}`,
  )
  const numbers = [
    `${status.toLowerCase()}, ${progressPercent} %`,
    `${done.length} of ${totalIssueCount} issues done`,
    `${failures.length} failed`,
    ...(unseen > 0 ? [`${unseen} do not exist or may not be seen`] : []),
  ]
  const list =
    failures.length === 0 ? '' : `\n${fence(failures.join('\n'), { source: 'issues that failed' })}`
  return `${numbers.join('; ')}.${list}`
}
