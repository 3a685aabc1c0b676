import type { Operator } from '../ast.ts'
import type { Vocabulary } from '../evaluate/dialect.ts'
import type { FieldInfo, FieldType } from '../evaluate/field-def.ts'

const equality: readonly Operator[] = ['=', '!=', 'in', 'not in']
const words: readonly Operator[] = ['~', '!~']

/** Fields with the same operators, as the documentation groups them. */
const groups: readonly (readonly [FieldType, readonly Operator[], readonly string[]])[] = [
  ['option', equality, ['ancestor', 'content', 'id', 'parent', 'container', 'type', 'label', 'macro']],
  ['option', equality, ['creator', 'contributor', 'mention', 'watcher', 'favourite', 'user']],
  ['option', equality, ['space', 'space.key', 'space.type', 'space.category']],
  ['datetime', ['=', '!=', '<', '>', '<=', '>='], ['created', 'lastmodified']],
  ['text', words, ['text']],
  ['text', ['~'], ['siteSearch']],
  ['text', [...equality, ...words], ['title', 'space.title']],
]

/**
 * The fields and functions of CQL, which unlike Jira's are the same on every site (documented).
 *
 * @see https://developer.atlassian.com/cloud/confluence/cql-fields/
 */
export const cqlVocabulary: Vocabulary = {
  fields: groups.flatMap(([type, operators, names]) =>
    names.map((name): FieldInfo => ({ name, type, operators })),
  ),
  functions: ['currentSpace', 'favouriteSpaces', 'recentlyViewedContent', 'recentlyViewedSpaces'],
}
