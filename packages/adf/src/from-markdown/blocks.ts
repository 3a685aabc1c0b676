import type { StateBlock } from 'markdown-it'

import { type AdfNode, createNode } from '../document.ts'
import { AdfError } from '../error.ts'
import { guardJson } from '../guard.ts'
import { table } from '../table.ts'
import { closeContainer, openContainer, openDetails, readLeaf } from './container-nodes.ts'
import { readBlockEscape, readDecoration, readNode } from './escapes.ts'
import { addNode, type Build, closeFrame, openFrame, type Step, take, top } from './frames.ts'
import { isOwnBlock } from './images.ts'
import { readInlines } from './inlines.ts'
import { openItem, readItemText } from './items.ts'
import { markdownParser, maxNesting } from './parser.ts'
import type { Reading } from './reading.ts'
import { closeCell, closeTable, openCell, openRow, readCell } from './tables.ts'
import { attributeOf, lighten } from './tokens.ts'

/** What each kind of token does. Kinds without an entry, such as the body of a table, do nothing. */
const actions = table<(step: Step) => void>({
  inline: readInline,
  heading_open: ({ build, token }) => openFrame(build, 'heading', { level: Number(token.tag.slice(1)) }),
  heading_close: ({ build }) => closeFrame(build),
  bullet_list_open: ({ build }) => openFrame(build, 'bulletList'),
  bullet_list_close: ({ build }) => closeFrame(build),
  ordered_list_open: ({ build, token }) =>
    openFrame(build, 'orderedList', { order: Number(attributeOf(token, 'start') ?? 1) }),
  ordered_list_close: ({ build }) => closeFrame(build),
  list_item_open: openItem,
  list_item_close: ({ build }) => closeFrame(build),
  blockquote_open: openQuote,
  blockquote_close: ({ build }) => closeFrame(build),
  fence: readFence,
  code_block: ({ build, token }) => addNode(build, codeBlock(token.content, '')),
  hr: ({ build }) => addNode(build, { type: 'rule' }),
  table_open: ({ build }) => openFrame(build, 'table'),
  table_close: closeTable,
  tr_open: openRow,
  tr_close: ({ build }) => closeFrame(build),
  th_open: openCell,
  th_close: closeCell,
  td_open: openCell,
  td_close: closeCell,
  container_open: openContainer,
  container_close: closeContainer,
  details_open: openDetails,
  details_close: ({ build }) => closeFrame(build),
  leaf: readLeaf,
  comment: readComment,
})

/** Reads a whole text into the children of a document. */
export function readBlocks(markdown: string, reading: Reading): readonly AdfNode[] {
  const parser = markdownParser()
  const tokens: StateBlock['tokens'] = []
  if (markdown !== '') {
    const state = lighten(new parser.block.State(markdown, parser, reading.env, tokens))
    parser.block.tokenize(state, state.line, state.lineMax)
  }
  const build: Build = { reading, frames: [] }
  let isDeep = false
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (!token) continue
    if (token.level >= maxNesting - 1) {
      throw new AdfError(
        'too_deep',
        `The text is nested deeper than ${maxNesting} levels: flatten its lists or quotes.`,
      )
    }
    isDeep ||= token.level > maxNesting / 2
    if (token.map) reading.line = token.map[0] + 1
    actions[token.type]?.({ build, tokens, token, index })
  }
  const { content } = top(build)
  if (isDeep) guardJson(content)
  return content
}

function readInline(step: Step): void {
  const { build, token } = step
  const frame = top(build)
  switch (frame.type) {
    case 'heading':
      frame.content.push(...readInlines(token.content, build.reading))
      return
    case 'tableCell':
    case 'tableHeader':
      if (!isGridCell(step)) break
      readCell(step)
      return
    case 'taskItem':
    case 'decisionItem':
      readItemText(step)
      return
    default:
      break
  }
  addLine(build, readInlines(token.content, build.reading))
}

/** Whether the text is that of a cell between bars, and not of a paragraph within a cell. */
function isGridCell({ tokens, index }: Step): boolean {
  return tokens[index - 1]?.type !== 'paragraph_open'
}

/** Adds a line of text as a paragraph, and images that stand alone as blocks. */
function addLine(build: Build, nodes: readonly AdfNode[]): void {
  if (nodes.length === 0) {
    take(top(build))
    return
  }
  if (nodes.some(isOwnBlock)) {
    for (const node of nodes) addNode(build, node)
  } else addNode(build, createNode('paragraph', { content: nodes }))
}

/** The callouts of GitHub and Obsidian, and the panels they become. */
const callouts = table<string>({
  note: 'info',
  info: 'info',
  tip: 'tip',
  important: 'note',
  warning: 'warning',
  caution: 'error',
  error: 'error',
  danger: 'error',
  success: 'success',
})

const callout = /^\[!([A-Za-z]+)\][+-]?(?:[ \t]+|(?=\n|$))\n?/

function openQuote({ build, tokens, index }: Step): void {
  const first = tokens[index + 1]?.type === 'paragraph_open' ? tokens[index + 2] : undefined
  const found = first && callout.exec(first.content)
  const panelType = callouts[found?.[1]?.toLowerCase() ?? '']
  if (first && found && panelType !== undefined) {
    first.content = first.content.slice(found[0].length)
    openFrame(build, 'panel', { panelType })
  } else openFrame(build, 'blockquote')
}

function readFence({ build, token }: Step): void {
  const info = markdownParser().utils.unescapeAll(token.info).trim()
  const language = /^\S*/.exec(info)?.[0] ?? ''
  if (language === 'adf') addNode(build, readBlockEscape(token.content, top(build).type, build.reading))
  else addNode(build, codeBlock(token.content, language))
}

function codeBlock(source: string, language: string): AdfNode {
  const text = source.endsWith('\n') ? source.slice(0, -1) : source
  return createNode('codeBlock', {
    ...(language !== '' && { attrs: { language } }),
    content: text === '' ? [] : [{ type: 'text', text }],
  })
}

function readComment({ build, token }: Step): void {
  const { reading } = build
  const frame = top(build)
  const decoration = readDecoration(token.content)
  if (!decoration) {
    if (/\w/.test(token.content)) {
      reading.note('lost', 'comment', 'A comment of HTML has no place in ADF and was left out.')
    }
    return
  }
  if (decoration.item && frame.type === 'listItem' && frame.content.length === 0)
    frame.decoration = decoration.item
  if (decoration.node === undefined) {
    frame.next = decoration
    return
  }
  const node = readNode(decoration.node, frame.type, reading)
  if (typeof node === 'string')
    reading.note('refused', 'adf', `An escape in a comment was left out: ${node}.`)
  else frame.content.push(node)
}
