import type { Served } from '../http/call.ts'
import { boardHandlers } from './boards.ts'
import { epicHandlers } from './epics.ts'
import { estimationHandlers } from './estimation.ts'
import { issueListHandlers } from './issue-lists.ts'
import { movingHandlers } from './moving.ts'
import { softwarePropertyHandlers } from './properties.ts'
import { sprintHandlers } from './sprints.ts'

/** Everything of Jira Software that is served. */
export const softwareHandlers: readonly Served[] = [
  ...boardHandlers,
  ...sprintHandlers,
  ...epicHandlers,
  ...issueListHandlers,
  ...movingHandlers,
  ...estimationHandlers,
  ...softwarePropertyHandlers,
]
