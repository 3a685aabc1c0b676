import type { field } from './custom-fields.ts'
import type { FieldDetails } from './generated/platform/types.gen.ts'

/** The name of a kind of custom field, as in `field.number`. */
export type FieldKind = keyof typeof field

/** A name and a kind for a custom field of a site. */
export interface DiscoveredField {
  /** In camelCase, made of the field's name: `Story Points` becomes `storyPoints`. */
  readonly name: string
  readonly id: string
  readonly kind: FieldKind
}

/** By the key of Jira's own field types, behind `com.atlassian.jira.plugin.system.customfieldtypes:` and the like. */
const kinds: Readonly<Record<string, FieldKind>> = {
  'atlassian-team': 'team',
  cascadingselect: 'cascading',
  datepicker: 'date',
  datetime: 'datetime',
  float: 'number',
  'gh-epic-link': 'epicLink',
  'gh-sprint': 'sprint',
  'jsw-story-points': 'number',
  labels: 'labels',
  multicheckboxes: 'options',
  multiselect: 'options',
  multiuserpicker: 'users',
  multiversion: 'versions',
  people: 'users',
  radiobuttons: 'option',
  select: 'option',
  textarea: 'textarea',
  textfield: 'text',
  url: 'url',
  userpicker: 'user',
  version: 'version',
}

/** Names custom fields after what people call them. Two of one name are told apart by their number. */
export function discoverFields(details: readonly FieldDetails[]): DiscoveredField[] {
  const taken = new Set<string>()
  return details
    .filter(({ custom }) => custom)
    .toSorted((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true }))
    .map(({ id, name, untranslatedName, schema }) => {
      const wanted = toName(untranslatedName ?? name)
      const free =
        wanted === '' || taken.has(wanted) ? `${wanted || 'field'}${id.replace(/\D+/g, '')}` : wanted
      taken.add(free)
      return { name: free, id, kind: kinds[schema?.custom?.split(':').at(-1) ?? ''] ?? 'raw' }
    })
}

/** The same as a source file, for `createJira({ fields })`. */
export function fieldSource(fields: readonly DiscoveredField[]): string {
  const lines = fields.map(({ name, id, kind }) => `  ${name}: field.${kind}(${JSON.stringify(id)}),`)
  return [
    "import { field } from '@telamon/jira'",
    '',
    'export const fields = {',
    ...lines,
    '} as const',
    '',
  ].join('\n')
}

const toName = (text: string): string => {
  const words = text.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? []
  const joined = words
    .map((word, at) =>
      at === 0 ? word.toLowerCase() : `${word[0]?.toUpperCase()}${word.slice(1).toLowerCase()}`,
    )
    .join('')
  return /^\p{N}/u.test(joined) ? `field${joined}` : joined
}
