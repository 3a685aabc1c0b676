import type { Confluence } from '@telamon/confluence'
import { toolFactory } from '@telamon/tool-registry'

/** The site that a call means. */
export interface ConfluenceSite {
  readonly cloudId: string
  /** Without a slash at its end. */
  readonly url: string
  readonly name: string
}

/** What the tools of this package need: a client of one site, in the name of the person. */
export interface ConfluenceServices {
  readonly confluence: Confluence
  readonly site: ConfluenceSite
}

/** What looking something up takes. */
export interface Asking extends ConfluenceServices {
  readonly signal: AbortSignal
}

/** Turns a definition into a Confluence tool. */
export const defineTool = toolFactory<ConfluenceServices>()
