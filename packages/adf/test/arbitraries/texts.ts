import * as fc from 'fast-check'

/** Pieces that mean something to Markdown, to the notations of this package, to XML, or to nobody. Parted by spaces. */
const marks =
  '* _ ` [ ] ( ) < > & ! | ~ # + - = . : ; { } " \' \\ / @ ^ $ % , ? ** __ ~~ *** `` ``` ~~~ --- === ::: :: ]( ![ |-| :-- ' +
  '[ ] [x] [!NOTE] <!> </u> <u> <b <br> <!-- --> <!----> &amp; &#32; &lt; &nbsp; ]]> <![CDATA[ {a=b} {#ff0000} [a]:b [a](b) ' +
  ':smile: :status[ :color[ :adf` :adf :::panel accountid: https://x.y http: // https://a.b/c_d*e* ::card{url="x"}'

const letters = 'a b c x y z é ß 漢 😀 0 1 2 9 word snake_case'

const others = [
  ' ',
  '  ',
  '\n',
  '\t',
  '\r',
  '\v',
  '\f',
  '\0',
  '\u0001',
  '\u0085',
  '\u00A0',
  '\u200B',
  '\u200F',
  '\u2028',
  '\uFEFF',
  '\uD83D',
  '\uFFFD',
  '[ ] ',
  '[x] ',
  '- ',
  '1. ',
  '# ',
  '> ',
  '| --- |',
  'a * b',
  'two words',
  '<!-- adf {"attrs":{}} -->',
]

const pieces = [...marks.split(' '), ...letters.split(' '), ...others]

/** Text of at least one character, as hostile as it gets. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(''))

/** Text as people write it. */
const calmText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom('plain', 'words', 'and', 'Ünïcode', 'x'), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(' '))

/** Text of either kind. */
export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 2, arbitrary: hostileText },
  { weight: 3, arbitrary: calmText },
)

/** Any JSON value, small. */
export const json: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, 1, 'a', '-->', '`', ']]>', '|'),
  fc.array(hostileText, { maxLength: 2 }),
  fc.dictionary(fc.constantFrom('a', 'macroParams', 'b c'), text, { maxKeys: 2, noNullPrototype: true }),
)

/** Addresses of links, none of which runs anything. */
export const href: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'https://x.y/a_b',
    'https://x.y/(a)',
    'mailto:a@b.c',
    '#x',
    '/wiki/a b',
    'https://x.y/?a=b&amp;c',
  ),
  fc.constantFrom('accountid:1', 'attachment:a b', 'ftp://x', 'foo', ''),
  hostileText.map((part) => `https://x.y/${part}`),
)

const blockStarts = [
  '\n',
  '\n\n',
  '  ',
  '\n- ',
  '\n  - ',
  '\n> ',
  '\n1. ',
  '\n:::',
  '\n```\n',
  '\n| a | b |\n|---|---|\n| ',
  '\n- [ ] ',
  '\n:::panel{type=info}\n',
  '\n:::layout\n',
  '\n:::column\n',
  '\n```adf extension\n',
  '<details><summary>',
  '</details>',
  '\n#',
]

/** Markdown with everything in it, right or wrong. */
export const markdowns: fc.Arbitrary<string> = fc
  .array(fc.oneof(hostileText, fc.constantFrom(...blockStarts)), { maxLength: 30 })
  .map((parts) => parts.join(''))
