import MarkdownIt from 'markdown-it'

import { containerRule, leafRule } from './containers.ts'
import { bracesRule, colonRule, imageRule } from './directives.ts'
import { dispatchLines } from './dispatch.ts'
import { commentRule, detailsRule } from './html.ts'

/** Nesting of blocks beyond which a text is refused. */
export const maxNesting = 200

/**
 * Nesting of brackets in a line beyond which they are text. Brackets that are never closed cost this many steps each, so
 * it is no more than twice what the writer nests.
 */
export const maxBrackets = 32

type Parser = InstanceType<typeof MarkdownIt>

let shared: Parser | undefined

/**
 * The Markdown parser with the rules of this package. Only its tokens are used; it renders nothing. Blocks of HTML are
 * not recognised but for comments and `<details>`, so that text with a `<` in it stays text.
 */
export function markdownParser(): Parser {
  shared ??= createParser()
  return shared
}

function createParser(): Parser {
  const parser = new MarkdownIt({ html: true, linkify: true, maxNesting })
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
  parser.linkify.add('ftp:', null)
  parser.linkify.add('mailto:', null)
  parser.linkify.add('//', null)
  // Addresses are judged by the builder, which can warn, and kept letter by letter.
  parser.validateLink = () => true
  parser.normalizeLink = (url: string) => url
  parser.normalizeLinkText = (url: string) => url
  const interrupting = { alt: ['paragraph', 'reference', 'blockquote', 'list'] }
  parser.block.ruler.disable('html_block')
  // Before tables, which would take a line with a bar and a rule under it.
  parser.block.ruler.before('table', 'container', containerRule, interrupting)
  parser.block.ruler.before('table', 'leaf', leafRule, interrupting)
  parser.block.ruler.before('table', 'comment', commentRule, interrupting)
  parser.block.ruler.before('table', 'details', detailsRule, interrupting)
  parser.inline.ruler.before('linkify', 'colon', colonRule)
  parser.inline.ruler.at('image', imageRule)
  parser.inline.ruler.push('braces', bracesRule)
  dispatchLines(parser)
  return parser
}
