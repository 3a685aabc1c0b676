import type { OperationSpec } from '@telamon/rest'
import type { ToolEntry } from '@telamon/tool-registry'

import type { OperationDocument } from './documents.ts'
import { tierOf } from './tier.ts'

/** What is known of an operation before its schema is read: all of it follows from the record. */
export function entryOf(
  { prefix, title, product }: Pick<OperationDocument, 'prefix' | 'title' | 'product'>,
  operation: OperationSpec,
): ToolEntry {
  const { id, method, path, deprecated, experimental } = operation
  const marks = [deprecated === true ? 'Deprecated.' : '', experimental === true ? 'Experimental.' : '']
  return {
    name: `${prefix}.${id}`,
    title: spoken(id).slice(0, 60),
    description: [`${title}: ${method} ${path}.`, ...marks].filter(Boolean).join(' '),
    tier: tierOf(operation),
    product,
  }
}

/** `getAllIssueTypeSchemes` as `Get all issue type schemes`. */
function spoken(id: string): string {
  const words = id.replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
