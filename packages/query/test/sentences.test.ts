import { expect, it } from 'vitest'

import { jql, parseJql } from '../src/index.ts'

const sentence = (text: string): string | undefined => parseJql(text).errors[0]?.message

it.each([
  ['project = PUB AND', 'Error in the JQL Query: Expecting a field name at the end of the query.'],
  ['project = PUB AND (status = Open', "Error in the JQL Query: Expecting ')' before the end of the query."],
  [
    'project = PUB status',
    "Error in the JQL Query: Expecting either 'OR' or 'AND' but got 'status'. (line 1, character 15)",
  ],
  [
    'summary ~ "unclosed',
    "Error in the JQL Query: The quoted string 'unclosed' has not been completed. (line 1, character 11)",
  ],
  [
    'project = PUB AND status = = Open',
    "Error in JQL Query: Expecting either a value, list or function but got '='. You must surround '=' in quotation marks to use it as a value. (line 1, character 28)",
  ],
  [
    'project =',
    'Error in JQL Query: Expecting either a value, list or function before the end of the query.',
  ],
])('says of %j what was recorded', (text, expected) => {
  expect(sentence(text)).toBe(expected)
})

it('says of a missing operator what is documented', () => {
  expect(sentence('invalid query')).toBe(
    "Error in the JQL Query: Expecting operator but got 'query'. The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'. (line 1, character 9)",
  )
})

it('says of a reserved character what is reported', () => {
  expect(sentence('a = b@c')).toContain(
    String.raw`The character '@' is a reserved JQL character. You must enclose it in a string or use the escape '\u0040' instead.`,
  )
})

it('names a control character by its escape, and never prints it', () => {
  expect(sentence('a = "x\u0001y"')).toBe(
    String.raw`Error in the JQL Query: The character '\u0001' must not stand in a JQL query. You must use the escape '\u0001' instead. (line 1, character 5)`,
  )
  expect(parseJql(String.raw`a = "x\u0001y"`).errors).toEqual([])
})

it.each([
  ['a = int', "'int' is a reserved JQL word. You must surround it in quotation marks to use it in a query."],
  [
    'AND a = b',
    "Expecting a field name but got 'AND'. You must surround 'AND' in quotation marks to use it as a field name.",
  ],
  ['a = f(x y)', "Expecting either ')' or ',' but got 'y'."],
  ['a = f(', 'Expecting a function argument before the end of the query.'],
  ['a in (x y)', "Expecting either ')' or ',' but got 'y'."],
  ['cf = a', "Expecting '[' but got '='."],
  ['cf[x] = a', "Expecting a custom field id but got 'x'."],
  ['a = b ORDER created', "Expecting 'BY' but got 'created'."],
  ['order by a b', "Expecting either ',', 'ASC' or 'DESC' but got 'b'."],
  [
    'a[ = b',
    "Expecting a property id but got '='. You must surround '=' in quotation marks to use it as a value.",
  ],
  [String.raw`a = "\q"`, String.raw`'\q' is an illegal JQL escape sequence.`],
  ['a', 'Expecting operator before the end of the query.'],
])('words %j by the same pattern', (text, part) => {
  expect(sentence(text)).toContain(part)
})

it('counts lines and characters from 1, whatever ends a line', () => {
  expect(parseJql('a = b AND\n  c d').errors[0]).toMatchObject({ line: 2, character: 5 })
  expect(parseJql('a = b AND\r\nc d').errors[0]).toMatchObject({ line: 2, character: 3 })
  expect(parseJql('a = "\r\r" c').errors[0]).toMatchObject({ line: 3, character: 3 })
})

it('knows a query without any restriction', () => {
  expect(jql.bounded(parseJql('order by key').query)).toBe(false)
  expect(jql.bounded(parseJql('').query)).toBe(false)
  expect(jql.bounded(parseJql('a = b').query)).toBe(true)
})
