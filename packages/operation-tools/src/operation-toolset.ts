import type { OperationSpec } from '@telamon/rest'
import { toolset } from '@telamon/tool-registry'
import type { Tool, Toolset, ToolEntry } from '@telamon/tool-registry'

import { documents } from './documents.ts'
import type { OperationDocument } from './documents.ts'
import { entryOf } from './entry.ts'
import { operationTool } from './operation-tool.ts'
import type { OperationServices } from './services.ts'

/** What may be reached at all. */
export interface OperationToolsetOptions {
  /**
   * Scopes that a sign-in asks of Atlassian. An operation that needs others is left out, since its call could only be
   * refused. Default: every operation is offered.
   */
  readonly scopes?: readonly string[]
}

/** Every operation of Jira and Confluence that exchanges JSON, found by `discover` and made when it is called. */
export function operationToolset({ scopes }: OperationToolsetOptions = {}): Toolset<OperationServices> {
  const within = scopes && new Set(scopes)
  const reachable = (operation: OperationSpec): boolean =>
    operation.app !== true && (within === undefined || covered(operation, within))

  return toolset({
    id: 'operations',
    title: 'Operations',
    description: 'Every operation of the Jira and Confluence APIs that no tool of its own covers.',
    tools: [],
    more: {
      async entries() {
        const lists = await Promise.all(documents.map((document) => entriesOf(document, reachable)))
        return lists.flat()
      },
      make: (name) => made(name, reachable),
    },
  })
}

async function entriesOf(
  document: OperationDocument,
  reachable: (operation: OperationSpec) => boolean,
): Promise<readonly ToolEntry[]> {
  const [records, { operations }] = await Promise.all([document.records(), document.inputs()])
  return Object.values(records)
    .filter((operation) => operation.id in operations && reachable(operation))
    .map((operation) => entryOf(document, operation))
}

async function made(
  name: string,
  reachable: (operation: OperationSpec) => boolean,
): Promise<Tool<OperationServices> | undefined> {
  const [prefix, id = ''] = name.split('.')
  const document = documents.find((each) => each.prefix === prefix)
  if (document === undefined) return undefined
  const records = await document.records()
  const operation = Object.hasOwn(records, id) ? records[id] : undefined
  return operation !== undefined && reachable(operation) ? operationTool(document, operation) : undefined
}

/** All classic scopes do, or else all granular ones. Without either, only what anybody may call. */
function covered({ scopes, anonymous }: OperationSpec, within: ReadonlySet<string>): boolean {
  const sets = [scopes.classic, scopes.granular].filter((set) => set !== undefined)
  return sets.length === 0 ? anonymous === true : sets.some((set) => set.every((scope) => within.has(scope)))
}
