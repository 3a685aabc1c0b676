import * as fc from 'fast-check'

/** Well-formed JQL, by the grammar: odd spaces, every operator, quotes where needed and where not. */

const word = fc.constantFrom(
  'ED',
  'Done',
  'x-1',
  '2026-01-01',
  '-7d',
  '日本語',
  '712020:ab',
  '"To Do"',
  `'single "quoted"'`,
  String.raw`"a\"b\\c"`,
  String.raw`\u0041b`,
  String.raw`x\ y`,
  '5',
  '-12',
  '"5"',
  '"EMPTY"',
  '"and"',
  'this',
)
const field = fc.constantFrom(
  'status',
  'project',
  '"Story Points"',
  'cf[10001]',
  'CF [7]',
  'issue.property[my.prop].path',
  'a["b c"].d',
  'a[5]',
  '12',
  'labels',
)
const gap = fc.constantFrom(' ', '  ', '\n', '\t')
const empty = fc.constantFrom('EMPTY', 'null', 'Empty')
const call = fc
  .tuple(fc.constantFrom('now', 'membersOf', '"odd name"', 'f5'), fc.array(word, { maxLength: 3 }))
  .map(([name, args]) => `${name}(${args.join(', ')})`)
const single = fc.oneof({ weight: 4, arbitrary: word }, empty, call)
const list = fc
  .array(fc.oneof({ weight: 5, arbitrary: single }, fc.constant('(a, (b))')), { minLength: 1, maxLength: 4 })
  .map((items) => `(${items.join(',')})`)
const history = fc
  .array(fc.tuple(fc.constantFrom('BEFORE', 'after', 'ON', 'during', 'BY'), fc.oneof(single, list)), {
    maxLength: 2,
  })
  .map((all) => all.map(([kind, operand]) => ` ${kind} ${operand}`).join(''))
const movement = fc
  .array(fc.tuple(fc.constantFrom('FROM', 'to', 'by', 'on'), fc.oneof(single, list)), { maxLength: 3 })
  .map((all) => all.map(([kind, operand]) => ` ${kind} ${operand}`).join(''))

const clause = fc.oneof(
  fc
    .tuple(field, fc.constantFrom('=', '!=', '~', '!~', '<', '>=', '>', '<='), single)
    .map((all) => all.join(' ')),
  fc
    .tuple(field, fc.constantFrom('in', 'NOT IN', 'not  in'), fc.oneof(list, call))
    .map((all) => all.join(' ')),
  fc.tuple(field, fc.constantFrom('is', 'IS NOT'), empty).map((all) => all.join(' ')),
  fc
    .tuple(field, fc.constantFrom('was', 'WAS NOT'), single, history)
    .map(([name, operator, operand, more]) => `${name} ${operator} ${operand}${more}`),
  fc
    .tuple(field, fc.constantFrom('was in', 'WAS NOT IN'), list, history)
    .map(([name, operator, operand, more]) => `${name} ${operator} ${operand}${more}`),
  fc.tuple(field, movement).map(([name, more]) => `${name} CHANGED${more}`),
)

const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    clause,
    fc
      .tuple(tie('condition'), fc.constantFrom(' AND ', ' or ', '&&', '|', ' & ', ' || '), tie('condition'))
      .map((all) => all.join('')),
    tie('condition').map((inner) => `(${inner})`),
    fc
      .tuple(fc.constantFrom('NOT ', 'not', '!', '! '), tie('condition'))
      .map(([not, inner]) => `${not}(${inner})`),
  ),
}))

const orderBy = fc
  .array(fc.tuple(field, fc.constantFrom('', ' ASC', ' desc')), { minLength: 1, maxLength: 3 })
  .map((all) => `ORDER BY ${all.map((parts) => parts.join('')).join(', ')}`)

/** A whole query. */
export const jqlText = fc
  .tuple(fc.option(condition, { nil: '' }), fc.option(orderBy, { nil: '' }), gap)
  .map(([where, sorts, space]) => `${where}${space}${sorts}`)

const faults =
  '" \' \\ ( ) , [ ] = ! ~ < > @ & | + { - 5 .a AND OR NOT EMPTY in is was changed from order by cf[1] and a ASC'.split(
    ' ',
  )

/** Queries that were well-formed, with one or two mistakes put in. */
export const brokenJql = fc
  .tuple(
    jqlText,
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 4 }), fc.constantFrom('', ' ', '\n', '\0', ...faults)), {
      minLength: 1,
      maxLength: 2,
    }),
  )
  .map(([text, edits]) => {
    let broken = text
    for (const [at, length, piece] of edits) {
      const place = at % (broken.length + 1)
      broken = broken.slice(0, place) + piece + broken.slice(place + length)
    }
    return broken
  })

/** Well-formed CQL. */
export const cqlText = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        'type = page',
        'space in (A, "B c")',
        'title ~ "x y"',
        'creator != currentUser()',
        'created > now("-3d")',
        'NOT label = a',
      ),
      fc.constantFrom(' AND ', ' or '),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .chain((clauses) =>
    fc
      .constantFrom('', ' ORDER BY title', ' order by created desc, title')
      .map(
        (sorts) =>
          clauses.map(([term, joint], index) => (index === 0 ? term : joint + term)).join('') + sorts,
      ),
  )

/** Text that tries to break out: quotes, escapes, operators, keywords, control characters, emoji. */
export const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '"',
        "'",
        '\\',
        '\\"',
        '\n',
        '\r',
        '\t',
        '\0',
        '\u0085',
        '\u2028',
        '\uFEFF',
        ' AND ',
        ' OR ',
        ' NOT ',
        ')',
        '(',
        ',',
        ' ORDER BY ',
        '=',
        '!~',
        ' IN ',
        'EMPTY',
        'null',
        '${1}',
        '*',
        '😀',
        'ä',
        ' ',
        'project = X',
        '--',
        ';',
        '\\u0022',
      ),
      fc.string({ maxLength: 6, unit: 'grapheme' }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((pieces) => pieces.join(''))
  .filter((text) => text !== '' && text.isWellFormed())
