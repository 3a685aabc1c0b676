import { completeAttrs } from '../complete.ts'
import { type AdfMark, type AdfNode, createNode, type Warning } from '../document.ts'
import { fingerprint } from '../equal.ts'
import { takeApart } from '../fit/convert.ts'
import type { Fitting } from '../fit/fitting.ts'
import { settle } from '../fit/settle.ts'
import type { MediaReference } from '../from-markdown/reading.ts'
import { isValidMark } from '../model/marks.ts'
import { ruleOf } from '../model/nodes.ts'
import { formatXml, type XmlDocument, type XmlElement } from './xml.ts'

/** What `storageToAdf` takes besides the body. */
export interface FromStorageOptions {
  /** Finds the media of an attachment by its file name. Without an answer its file name stands in the place of the id. */
  readonly resolveMedia?: (fileName: string) => MediaReference | undefined
  /** The name of a person, since storage format only holds the account id. */
  readonly resolveUser?: (accountId: string) => string | undefined
  /** What the ids of tasks that have none begin with. Default: a fingerprint of the body. */
  readonly seed?: string
}

/** One reading of a storage body. */
export interface StorageReading extends Fitting {
  readonly source: string
  readonly options: FromStorageOptions
  readonly warnings: Map<string, Warning>
  /** Marks in force where a line is being read. */
  readonly marks: readonly AdfMark[]
  lose(subject: string, message: string): void
  /** Whether all of the source is well-formed, so that parts of it can be taken over as they stand. */
  isWellFormed(): boolean
}

/** Begins a reading. */
export function createStorageReading(document: XmlDocument, options: FromStorageOptions): StorageReading {
  const { source } = document
  const warnings = new Map<string, Warning>()
  let ids = 0
  let { seed } = options
  const note = (code: Warning['code'], subject: string, message: string): void => {
    const key = `${code} ${subject} ${message}`
    if (!warnings.has(key)) warnings.set(key, { code, subject, message })
  }
  return {
    source,
    options,
    warnings,
    marks: [],
    target: undefined,
    trusted: new WeakSet(),
    newId() {
      seed ??= fingerprint(source)
      ids += 1
      return `${seed}-${ids}`
    },
    warn: (subject, message) => note('repaired', subject, message),
    lose: (subject, message) => note('lost', subject, message),
    isWellFormed: () => document.isWellFormed,
  }
}

/** A node with those of the given attributes that are there and valid, settled with its children. */
export function make(
  type: string,
  parts: {
    readonly attrs?: Readonly<Record<string, unknown>>
    readonly content?: readonly AdfNode[]
    readonly marks?: readonly AdfMark[]
  },
  reading: StorageReading,
): readonly AdfNode[] {
  const content = parts.content ?? []
  const attrs = completeAttrs(type, parts.attrs, reading)
  if (!attrs)
    return takeApart(createNode(type, { ...(parts.attrs && { attrs: parts.attrs }), content }), reading)
  const marks = (parts.marks ?? []).filter(isValidMark)
  const rule = ruleOf(type)
  const isNeeded = Object.keys(attrs).length > 0 || rule?.attrsRequired
  return settle(
    createNode(type, {
      ...(isNeeded && { attrs }),
      ...(rule?.children && { content }),
      ...(marks.length > 0 && { marks }),
    }),
    reading,
  )
}

/** The XML of an element, letter by letter when it is closed properly. */
export function sourceOf(element: XmlElement, reading: StorageReading): string {
  if (!reading.isWellFormed()) return formatXml(element)
  return reading.source.slice(element.start, element.end)
}
