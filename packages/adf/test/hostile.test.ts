import { describe, expect, it } from 'vitest'

import {
  adfToMarkdown,
  adfToStorage,
  estimateTokens,
  isAdfError,
  markdownToAdf,
  neutralise,
  normaliseAdf,
  patchAdf,
  plainText,
  storageToAdf,
  validateAdf,
  wikiToAdf,
} from '../src/index.ts'
import { atlassianAccepts } from './atlassian-schema.ts'
import { doc, named, node, p, text as words } from './build.ts'

/** Pieces of which many, one after the other, have brought parsers to a halt. */
const pieces = [
  '*a **a ',
  'a** ',
  '**a ',
  '[',
  'a]',
  '![',
  '![a](',
  '[a](<b',
  '[a][b]',
  '[a]: b\n',
  '> ',
  '>',
  '- ',
  '* * ',
  '`',
  '<a ',
  '<!-- ',
  '<!--\n',
  '<a b="',
  '<details>\n',
  ':::panel\n',
  ':::panel\n:::\n',
  ':color[',
  ':color[a]{',
  ':status[',
  ':a',
  ':',
  ':adf`{',
  '&',
  '&a',
  '_',
  'a_',
  '*',
  '~~a',
  '|a',
  '|',
  '| a |\n|---|\n',
  'https://a.b/c',
  'https://',
  '\\',
  ' ',
  '\n',
  '\t',
  '```\n',
  '~~~a\n',
  '- [ ] a\n',
  '- <!> a\n',
  '> [!NOTE]\n',
  '[a](b){a=b ',
  '<sub>',
  '\0',
  '\u202E',
  '\uD83D',
  'a\n',
  '# ',
  '*_-+^~',
  '{code}\n',
  '{quote}a',
  '{{',
  '||a',
  '[a|',
  '!a.png',
  '<p>',
  '<ul><li>',
  '<![CDATA[',
  '<ac:structured-macro ac:name="x">',
  '<tr><td colspan="100" rowspan="100">a</td></tr>',
  '&nbsp;',
  '<?',
  '<foo>',
]

/** Runs a step and says how it ended: done, or refused with an error of this package. Everything else is thrown. */
function outcome(step: () => unknown): 'done' | 'refused' {
  try {
    step()
    return 'done'
  } catch (error) {
    if (isAdfError(error)) return 'refused'
    throw error
  }
}

describe('hostile input', () => {
  it.each(pieces)('is read in a time that grows with its length: %j', (piece) => {
    const text = piece.repeat(Math.ceil(10_000 / piece.length))
    const document = doc(p(text))
    const steps = [
      () => markdownToAdf(text),
      () => markdownToAdf(`${text}](x)]{color=#ff0000}`),
      () => storageToAdf(text),
      () => wikiToAdf(text),
      () => patchAdf(document, text),
      () => [neutralise(text), estimateTokens(text)],
    ]
    for (const step of steps) expect(['done', 'refused']).toContain(outcome(step))
    for (const mode of ['plain', 'edit', 'lossless'] as const) {
      expect(validateAdf(markdownToAdf(adfToMarkdown(document, { mode }).markdown).doc).ok).toBe(true)
    }
  })

  it('is refused when it is nested without end, circular, or multiplies', () => {
    let deep = node('paragraph')
    for (let level = 0; level < 100_000; level += 1) deep = { type: 'blockquote', content: [deep] }
    let wide = node('paragraph')
    for (let level = 0; level < 60; level += 1) wide = node('blockquote', wide, wide)
    const circle: { type: string; content: unknown[] } = { type: 'doc', content: [] }
    circle.content.push({ type: 'blockquote', content: circle.content })
    for (const document of [doc(deep), doc(wide), circle]) {
      const steps = [
        () => adfToMarkdown(document),
        () => adfToStorage(document),
        () => normaliseAdf(document),
        () => plainText(document),
      ]
      for (const step of steps) expect(outcome(step)).toBe('refused')
      expect(validateAdf(document).ok).toBe(false)
    }
  })

  it('is valid ADF whatever control characters it is full of', () => {
    const controls = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).join('')
    for (const markdown of [
      controls,
      `# ${controls}`,
      `- ${controls}\n- x`,
      `|${controls}|\n|-|`,
      `\`${controls}\``,
    ]) {
      const read = markdownToAdf(markdown).doc
      expect(validateAdf(read).ok).toBe(true)
      expect(atlassianAccepts(read)).toBe(true)
    }
    for (const control of ['\0', '\u0007', '\u001B', '\u0085'])
      expect(neutralise(controls)).not.toContain(control)
  })

  it('may hold half a character, also in an address', () => {
    const half = '\uD83D'
    for (const markup of [`!${half}!`, `[^${half}]`, `[a|^${half}]`])
      expect(validateAdf(wikiToAdf(markup).doc).ok).toBe(true)
    for (const inner of [`<ri:page ri:content-title="${half}"/>`, `<ri:attachment ri:filename="${half}"/>`])
      expect(validateAdf(storageToAdf(`<p><ac:link ac:anchor="${half}">${inner}</ac:link></p>`).doc).ok).toBe(
        true,
      )
  })

  it('keeps nodes of unknown types in escapes, and gives them back as they were', () => {
    const whiteboard = named('whiteboard', { id: '7', shape: { x: 1 } }, p('inside'))
    const sparkle = named('sparkle', { level: 3 })
    const document = doc(p('before'), whiteboard, p('a', sparkle, 'b'), p(words('c', 'shimmer')))
    const { markdown, warnings } = adfToMarkdown(document, { mode: 'lossless' })
    expect(markdownToAdf(markdown, { original: document }).doc).toEqual(document)
    expect(warnings.map(({ subject }) => subject)).toEqual(expect.arrayContaining(['whiteboard', 'sparkle']))
    // Without the document that vouches for them, they give way to their content.
    const strange = markdownToAdf(markdown)
    expect(atlassianAccepts(strange.doc)).toBe(true)
    expect(strange.warnings).not.toEqual([])
  })

  it('of an unknown version is named by the validator, and read as far as it is known', () => {
    const future = { ...doc(p('text')), version: 7 }
    expect(validateAdf(future).errors.map(({ path }) => path)).toEqual(['version'])
    expect(adfToMarkdown(future).markdown).toBe('text')
    expect(normaliseAdf(future).doc).toEqual(doc(p('text')))
  })

  it('is converted when it only looks like a document', () => {
    const odd: unknown = JSON.parse(
      '{"type":"doc","content":[null,5,{"type":"__proto__","attrs":{"__proto__":1}},{"type":"constructor"},' +
        '{"type":"panel","attrs":{"panelType":{"toString":1}}},{"type":"table","content":{"a":1}},' +
        '{"type":"heading","attrs":{"level":"x"},"content":[{"type":"text","text":"a","marks":[{"type":"link","attrs":{"href":{"toString":5}}},{"type":"constructor"}]}]}]}',
    )
    for (const mode of ['plain', 'edit', 'lossless'] as const)
      expect(outcome(() => adfToMarkdown(odd, { mode }))).toBe('done')
    expect(outcome(() => adfToStorage(odd))).toBe('done')
    expect(validateAdf(normaliseAdf(odd).doc).ok).toBe(true)
  })
})
