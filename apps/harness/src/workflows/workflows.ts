import { createPage } from './create-page.ts'
import { createStory } from './create-story.ts'
import { findOpenBugs } from './find-open-bugs.ts'
import { issuesFromNotes } from './issues-from-notes.ts'
import { linkTickets } from './link-tickets.ts'
import { listSpaces } from './list-spaces.ts'
import { summarizePlan } from './summarize-plan.ts'
import type { Workflow } from './workflow.ts'

/** The example workflows, in the order in which they run. */
export const workflows: readonly Workflow[] = [
  findOpenBugs,
  createStory,
  issuesFromNotes,
  summarizePlan,
  createPage,
  listSpaces,
  linkTickets,
]
