import type { AdfDocument, AdfMark, AdfNode } from '../src/index.ts'

/** A document of these blocks. */
export function doc(...content: readonly AdfNode[]): AdfDocument {
  return { type: 'doc', version: 1, content }
}

/** A text, with marks by name. */
export function text(words: string, ...marks: readonly (AdfMark | string)[]): AdfNode {
  const list = marks.map((mark) => (typeof mark === 'string' ? { type: mark } : mark))
  return list.length > 0 ? { type: 'text', text: words, marks: list } : { type: 'text', text: words }
}

/** A node around others; words stand for texts. */
export function node(type: string, ...content: readonly (AdfNode | string)[]): AdfNode {
  return { type, content: content.map((child) => (typeof child === 'string' ? text(child) : child)) }
}

/** A node with attributes around others. */
export function named(
  type: string,
  attrs: Readonly<Record<string, unknown>>,
  ...content: readonly (AdfNode | string)[]
): AdfNode {
  return content.length > 0 ? { ...node(type, ...content), attrs } : { type, attrs }
}

/** A paragraph. */
export function p(...content: readonly (AdfNode | string)[]): AdfNode {
  return node('paragraph', ...content)
}

/** An item of a list. */
export function li(...content: readonly (AdfNode | string)[]): AdfNode {
  return node('listItem', ...content.map((child) => (typeof child === 'string' ? p(child) : child)))
}

/** A link. */
export function link(href: string, title?: string): AdfMark {
  return { type: 'link', attrs: title === undefined ? { href } : { href, title } }
}

/** An inline comment. */
export function comment(id: string): AdfMark {
  return { type: 'annotation', attrs: { id, annotationType: 'inlineComment' } }
}

/** A macro of Confluence. */
export function macro(key: string): AdfNode {
  return named('extension', { extensionType: 'com.atlassian.confluence.macro.core', extensionKey: key })
}
