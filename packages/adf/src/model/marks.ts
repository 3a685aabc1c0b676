import type { AdfMark } from '../document.ts'
import { table } from '../table.ts'
import { between, colour, filled, fitsShape, may, need, number, one, type Shape, string } from './values.ts'

/** The attributes of every mark; undefined where a mark has none. Source: the official JSON schema of ADF, 57.7.22. */
export const marks = table<Shape | undefined>({
  alignment: { align: need(one('center', 'end')) },
  annotation: { id: need(string), annotationType: need(one('inlineComment')) },
  backgroundColor: { color: need(colour) },
  border: {
    size: need(between(1, 3)),
    color: need({
      kind: 'pattern',
      pattern: /^#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$/,
      says: 'a colour such as #091e4224',
    }),
  },
  breakout: { mode: need(one('wide', 'full-width')), width: may(number) },
  code: undefined,
  dataConsumer: { sources: need({ kind: 'strings' }) },
  em: undefined,
  fontSize: { fontSize: need(one('small')) },
  fragment: { localId: need(filled), name: may(string) },
  indentation: { level: need(between(1, 6)) },
  link: {
    href: need(string),
    title: may(string),
    id: may(string),
    collection: may(string),
    occurrenceKey: may(string),
  },
  strike: undefined,
  strong: undefined,
  subsup: { type: need(one('sub', 'sup')) },
  textColor: { color: need(colour) },
  underline: undefined,
})

/** Marks of running text, in the order in which they are nested, outermost first. */
export const textMarks = [
  'annotation',
  'link',
  'em',
  'strong',
  'textColor',
  'backgroundColor',
  'strike',
  'subsup',
  'underline',
] as const

/** What text with the mark `code` may have besides. */
const codeMarks = ['annotation', 'link', 'code'] as const

const textSet: ReadonlySet<string> = new Set(textMarks)
const codeSet: ReadonlySet<string> = new Set(codeMarks)

/** The names of the marks that go with these on running text: `code` shuts out all but link and annotation. */
export function marksOfText(given: readonly AdfMark[]): ReadonlySet<string> {
  return given.some((mark) => mark.type === 'code') ? codeSet : textSet
}

/** Whether a mark is known and has the right attributes. */
export function isValidMark(mark: AdfMark): boolean {
  if (!Object.hasOwn(marks, mark.type)) return false
  if (Object.keys(mark).some((key) => key !== 'type' && key !== 'attrs')) return false
  const shape = marks[mark.type]
  return shape ? fitsShape(mark.attrs ?? {}, shape) && mark.attrs !== undefined : mark.attrs === undefined
}
