import type { ChangeItem, Issue, LinkType } from '../world/jira-model.ts'
import { addChange } from './history.ts'
import type { View } from './view.ts'

/** The changelog's sentence about a link, from one of its ends (recorded). */
function linkItem(verb: string, other: Issue, added: boolean): ChangeItem {
  const sentence = `This work item ${verb} ${other.key}`
  return {
    field: 'Link',
    fieldtype: 'jira',
    from: added ? null : other.key,
    fromString: added ? null : sentence,
    to: added ? other.key : null,
    toString: added ? sentence : null,
  }
}

/** Writes into the changelog of both issues that a link came or went. */
export function noteBothEnds(
  view: View,
  { from, to, type }: { readonly from: Issue; readonly to: Issue; readonly type: LinkType },
  { added, now }: { readonly added: boolean; readonly now: number },
): void {
  addChange(view, from, { now, items: [linkItem(type.outward, to, added)] })
  addChange(view, to, { now, items: [linkItem(type.inward, from, added)] })
}
