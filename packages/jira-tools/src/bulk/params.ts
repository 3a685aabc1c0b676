import * as z from 'zod'

import type { JiraSite } from '../define.ts'
import { keyOn } from '../names/issues.ts'
import { IssueRefs } from '../params.ts'

/** Most issues of one bulk change. */
const mostIssues = 1000

/** Which issues a bulk change is for. */
export const BulkIssues = IssueRefs(mostIssues).describe(
  `The issues: keys, ids or addresses, at most ${mostIssues}.`,
)

/** Whether people are told by e-mail. */
export const Notify = z.boolean().optional().describe('Whether one e-mail tells of it. true by default.')

/** What a tool answers about a bulk change. */
export const BulkOutput = z.object({ taskId: z.string(), status: z.string() })

/** Their keys on a site, each once. */
export function keysOn(site: JiraSite, issues: readonly string[]): readonly string[] {
  return [...new Set(issues.map((issue) => keyOn(site, issue)))]
}
