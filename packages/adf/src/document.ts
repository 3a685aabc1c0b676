/**
 * A mark of Atlassian Document Format, such as `strong`, `link` or `alignment`.
 * @see https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
 */
export interface AdfMark {
  readonly type: string
  readonly attrs?: Readonly<Record<string, unknown>>
}

/** A node of Atlassian Document Format. Whether it is a valid one is said by `validateAdf`. */
export interface AdfNode {
  readonly type: string
  readonly attrs?: Readonly<Record<string, unknown>>
  readonly content?: readonly AdfNode[]
  readonly marks?: readonly AdfMark[]
  /** Only on nodes of the type `text`, where it holds at least one character. */
  readonly text?: string
}

/** A whole document, as Jira's API version 3 and Confluence's `atlas_doc_format` take and give it. */
export interface AdfDocument {
  readonly type: 'doc'
  readonly version: 1
  readonly content: readonly AdfNode[]
}

/** Something that was changed, left out or kept in an unusual form on the way. Never a reason to stop. */
export interface Warning {
  /**
   * `lost`: said in the source, not in the result · `escaped`: kept as an `adf` escape · `repaired`: put into the nearest
   * valid form · `refused`: an escape or an address that was not let through, kept as text.
   */
  readonly code: 'escaped' | 'lost' | 'refused' | 'repaired'
  /** One sentence for a person or a model: what was changed, and where it can be put right, how. */
  readonly message: string
  /** The node's type in ADF, or the element's name in storage format. */
  readonly subject?: string
  /** Line of the Markdown, counted from 1. */
  readonly line?: number
}

/** A plain record: what JSON calls an object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a value has the outline of a node: a type, and members of the right kinds. Says nothing of validity. */
export function isNode(value: unknown): value is AdfNode {
  return (
    isRecord(value) &&
    typeof value['type'] === 'string' &&
    (value['attrs'] === undefined || isRecord(value['attrs'])) &&
    (value['text'] === undefined || typeof value['text'] === 'string') &&
    (value['content'] === undefined || Array.isArray(value['content'])) &&
    (value['marks'] === undefined || (Array.isArray(value['marks']) && value['marks'].every(isMark)))
  )
}

/** Whether a value has the outline of a mark. */
export function isMark(value: unknown): value is AdfMark {
  return (
    isRecord(value) &&
    typeof value['type'] === 'string' &&
    (value['attrs'] === undefined || isRecord(value['attrs']))
  )
}

/** A value as text when it is some, else nothing. What comes from outside could be an object that refuses to be text. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** A node without the members that are undefined or empty marks, so that equal nodes look equal. */
export function createNode(type: string, parts: Omit<AdfNode, 'type'> = {}): AdfNode {
  return { type, ...parts }
}

/** An attribute as text, or the fallback when it is absent or of another kind. */
export function textAttr(node: AdfNode | AdfMark, name: string, fallback = ''): string {
  const value = node.attrs?.[name]
  return typeof value === 'string' ? value : fallback
}

/** An attribute as a finite number, or undefined. */
export function numberAttr(node: AdfNode | AdfMark, name: string): number | undefined {
  const value = node.attrs?.[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
