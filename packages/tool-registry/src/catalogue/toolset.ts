import { toolset } from '../toolset.ts'
import type { Toolset } from '../toolset.ts'
import { batch } from './batch.ts'
import { discover } from './discover.ts'
import { executeTools } from './execute.ts'

/** Finds and runs whatever is not listed. Belongs into every registry that holds more than a client should read. */
export const catalogueToolset: Toolset<object> = toolset({
  id: 'catalogue',
  title: 'Catalogue',
  description: 'Finds and runs what is not listed.',
  tools: [discover, ...executeTools, batch],
  always: true,
})
