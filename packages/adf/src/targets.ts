/** The product that will take the document. */
export type Target = 'confluence' | 'jira'

/** What a product refuses although the schema allows it. */
interface Refusal {
  readonly type: string
  /** Absent: anywhere. */
  readonly parent?: string
  readonly hint: string
  readonly source: 'documented' | 'inferred' | 'reported'
}

/** Per product. Confluence takes the whole schema as far as is known; the list for Jira begins with what was reported. */
const refusals: Readonly<Record<Target, readonly Refusal[]>> = {
  jira: [
    { type: 'layoutSection', hint: 'Put the columns one after the other.', source: 'reported' },
    { type: 'nestedExpand', hint: 'Use a panel with the title as its first line.', source: 'reported' },
    { type: 'syncBlock', hint: 'Leave it out: it belongs to Confluence.', source: 'inferred' },
    {
      type: 'bodiedSyncBlock',
      hint: 'Use its content alone: the node belongs to Confluence.',
      source: 'inferred',
    },
  ],
  confluence: [],
}

/** Why a product refuses a node in this place; undefined when it does not. */
export function refusalOf(target: Target | undefined, type: string, parent: string): Refusal | undefined {
  if (target === undefined) return undefined
  return refusals[target].find(
    (refusal) => refusal.type === type && (refusal.parent === undefined || refusal.parent === parent),
  )
}
