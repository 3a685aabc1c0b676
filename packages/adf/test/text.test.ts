import { describe, expect, it } from 'vitest'

import { AdfError, estimateTokens, isAdfError, neutralise, plainText } from '../src/index.ts'
import { doc, li, named, node, p } from './build.ts'

describe('plainText', () => {
  it('gives the words, a line for each block and a tab between cells', () => {
    const document = doc(
      named('heading', { level: 1 }, 'Plan'),
      p('Ask ', { type: 'mention', attrs: { id: '1', text: '@Ann' } }, { type: 'hardBreak' }, 'soon'),
      node('bulletList', li('one', node('bulletList', li('two')))),
      node('table', node('tableRow', node('tableHeader', p('a')), node('tableCell', p('b'), p('c')))),
    )
    expect(plainText(document)).toBe('Plan\nAsk @Ann\nsoon\none\ntwo\na\tb c')
    expect(plainText(null)).toBe('')
  })
})

describe('neutralise', () => {
  it.each([
    ['overrides of direction', 'a\u202Eb\u2066c', 'abc'],
    ['zero-width characters', 'a\u200Bb\uFEFFc\u200D', 'abc'],
    ['tags, in which text can hide', 'a\u{E0041}\u{E0042}', 'a'],
    ['control characters', 'a\u0000\u001B[31mb\u009F', 'a[31mb'],
    ['soft hyphens and fillers', 'a\u00AD\u3164\u115Fb', 'ab'],
    ['separators of lines', 'a\u2028b\r\nc', 'a\nb\nc'],
    ['halves of characters', 'a\uD800', 'a\uFFFD'],
  ])('takes out %s', (_name, given, expected) => {
    expect(neutralise(given)).toBe(expected)
  })

  it('leaves all that can be seen', () => {
    const text = 'Ünï 漢字 العربية 👩‍💻 ❤️ a\tb\n1\u00A02'
    expect(neutralise(text)).toBe(text)
  })
})

describe('estimateTokens', () => {
  it('comes near to what a model counts, and rather above', () => {
    // Counted with o200k: 10, 29, 20.
    expect(estimateTokens('The quick brown fox jumps over the lazy dog.')).toBe(10)
    expect(
      estimateTokens('{"type":"paragraph","content":[{"type":"text","text":"a"}]}'),
    ).toBeGreaterThanOrEqual(17)
    expect(estimateTokens('')).toBe(0)
  })
})

describe('isAdfError', () => {
  it('knows an error of this or another copy by its name, and its code', () => {
    const other = Object.assign(new Error('x'), { name: 'AdfError', code: 'too_deep' })
    expect([
      isAdfError(new AdfError('too_deep', 'x')),
      isAdfError(other, 'too_deep'),
      isAdfError(other, 'invalid'),
      isAdfError(new Error('x')),
    ]).toEqual([true, true, false, false])
  })
})
