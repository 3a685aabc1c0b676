import type { Jira } from '@telamon/jira'
import { toolFactory } from '@telamon/tool-registry'

/** The site that a call means. */
export interface JiraSite {
  readonly cloudId: string
  /** Without a slash at its end. */
  readonly url: string
  readonly name: string
}

/** What the tools of this package need: a client of one site, in the name of the person. */
export interface JiraServices {
  readonly jira: Jira
  readonly site: JiraSite
}

/** What looking something up takes. */
export interface Asking extends Pick<JiraServices, 'jira'> {
  readonly signal: AbortSignal
}

/** Turns a definition into a Jira tool. */
export const defineTool = toolFactory<JiraServices>()
