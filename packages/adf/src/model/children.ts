/** The children a node may have: by type, the marks each may carry in this place. No entry: no such child. */
export type Children = Readonly<Record<string, readonly string[] | undefined>>

// Groups that several nodes share. Source: the official JSON schema of ADF, 57.7.22.

/** Marks of files and pictures. */
export const anchored = ['annotation', 'border', 'dataConsumer', 'link'] as const

/** Marks of macros. */
const sourced = ['dataConsumer', 'fragment'] as const

/** Marks of a paragraph that cannot be moved about: its size alone. */
export const small = ['fontSize'] as const

/** Marks of a paragraph that can; alignment and indentation exclude each other. */
export const aligned = ['alignment', 'fontSize', 'indentation'] as const

/** No marks. Those of text are told in `marks.ts`, since they depend on each other and not on the place. */
export const none: readonly string[] = []

const words: Children = {
  text: none,
  hardBreak: none,
  mention: none,
  emoji: none,
  date: none,
  status: none,
  inlineCard: none,
  placeholder: none,
}

/** What stands in a line of text. */
export const inline: Children = { ...words, mediaInline: anchored, inlineExtension: sourced }

/** What stands in the line of a caption: no files and no macros. */
export const captionInline: Children = words

/** Lists of bullets and numbers. */
export const lists: Children = { bulletList: none, orderedList: none }
/** Pictures and files as blocks. */
export const media: Children = { mediaSingle: ['link'], mediaGroup: none }
/** Macros without a body. */
export const extension: Children = { extension: sourced }

const cards: Children = { blockCard: none, embedCard: none }

/** What stands in an expand that is nested. */
export const nestable: Children = {
  paragraph: small,
  heading: none,
  ...lists,
  ...media,
  codeBlock: none,
  taskList: none,
  decisionList: none,
  rule: none,
  panel: none,
  blockquote: none,
  ...extension,
}

/** What stands in an expand or in a macro with a body. */
export const body: Children = { ...nestable, ...cards, table: ['fragment'] }

/** What stands in a column, and with a few more in a document. */
export const blocks: Children = {
  ...body,
  paragraph: aligned,
  heading: ['alignment', 'indentation'],
  expand: none,
  bodiedExtension: sourced,
}

/** What stands in a cell of a table. */
export const cell: Children = {
  ...nestable,
  ...cards,
  paragraph: ['alignment', 'fontSize'],
  heading: ['alignment', 'indentation'],
  nestedExpand: none,
}
