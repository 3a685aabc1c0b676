import type { AdfDocument, AdfNode, Warning } from '../document.ts'
import { fingerprint } from '../equal.ts'
import { createGate, type EscapePolicy, type Gate } from '../escape.ts'
import type { Fitting } from '../fit/fitting.ts'
import type { Target } from '../targets.ts'
import { createInlineParser, type InlineParser } from './inline-tokens.ts'
import { createRemember, type Remember } from './remember.ts'

/** What is known about an attachment. */
export interface MediaReference {
  /** The id of the media service, which is not the id of the attachment. */
  readonly id: string
  readonly collection: string
  readonly type?: 'file' | 'link'
  readonly alt?: string
  readonly width?: number
  readonly height?: number
}

/** What `markdownToAdf` takes besides the text. */
export interface FromMarkdownOptions {
  /** The product that will take the document: what it is known to refuse is put into a simpler form. */
  readonly target?: Target
  /** Checks or completes a mention. Undefined: the mention is kept as its text. Default: every mention is taken. */
  readonly resolveMention?: (
    id: string,
    text: string,
  ) => { readonly id: string; readonly text?: string } | undefined
  /** Finds the media of `![…](attachment:ID)`, where ID may be a file name. Undefined: it becomes a link. */
  readonly resolveMedia?: (id: string) => MediaReference | undefined
  /** Which `adf` escapes are let through; `known` asks for `original`. Default: `validated`. */
  readonly escapes?: EscapePolicy
  /** The document that was edited. Its nodes complete those in the text: ids of emoji, collections of media. */
  readonly original?: AdfDocument
  /** What the ids of new tasks and decisions begin with. Default: a fingerprint of the text. */
  readonly seed?: string
  /** The longest text in characters. Default: 1,000,000. */
  readonly limit?: number
}

/** One reading of Markdown: its options with their defaults, and what has been noticed. */
export interface Reading extends Fitting {
  readonly options: FromMarkdownOptions
  readonly gate: Gate
  readonly warnings: Warning[]
  readonly env: Record<string, unknown>
  readonly inline: InlineParser
  /** What the original document knows of an emoji, a file, a person. */
  readonly remember: Remember
  /** The ids that were made. */
  readonly made: ReadonlySet<string>
  /** Line that is being read, counted from 1; for warnings. */
  line: number
  note(code: Warning['code'], subject: string, message: string): void
}

/** Begins a reading. */
export function createReading(markdown: string, options: FromMarkdownOptions): Reading {
  const { target, original, escapes = 'validated' } = options
  const warnings: Warning[] = []
  const env: Record<string, unknown> = {}
  const made = new Set<string>()
  let seed = options.seed
  const reading: Reading = {
    options,
    target,
    warnings,
    env,
    inline: createInlineParser(env),
    line: 1,
    made,
    gate: createGate(escapes, original),
    remember: createRemember(original),
    trusted: new WeakSet<AdfNode>(),
    newId() {
      seed ??= fingerprint(markdown)
      const id = `${seed}-${made.size + 1}`
      made.add(id)
      return id
    },
    note(code, subject, message) {
      warnings.push({ code, subject, message, line: reading.line })
    },
    warn(subject, message) {
      reading.note('repaired', subject, message)
    },
  }
  return reading
}
