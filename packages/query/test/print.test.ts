import { describe, expect, it } from 'vitest'

import {
  format,
  jqlReservedWords,
  parseCql,
  parseJql,
  print,
  printField,
  printOperand,
} from '../src/index.ts'

describe('printing', () => {
  it.each([
    ['a=b   and not(c=d)', 'a = b AND NOT c = d'],
    ['a=1 or b=2 and c=3', 'a = 1 OR b = 2 AND c = 3'],
    ['(a=1 or b=2) and c=3', '(a = 1 OR b = 2) AND c = 3'],
    ['!(a=1 && b=2)', 'NOT (a = 1 AND b = 2)'],
    ["a in ('x',null,F(1,'y z'))", 'a IN ("x", EMPTY, F(1, "y z"))'],
    ['a was not in (b) by c on d', 'a WAS NOT IN (b) BY c ON d'],
    ['status changed', 'status CHANGED'],
    ['cf[1][5] = a', 'cf[1][5] = a'],
    ['CF [10] = 5 order by "x y" asc,b', 'cf[10] = 5 ORDER BY "x y" ASC, b'],
    ['a["b c"].d.e = 1', 'a["b c"].d.e = 1'],
    [String.raw`a = '\u0001'`, String.raw`a = "\u0001"`],
    ['this = all', '"this" = "all"'],
  ])('writes %j as %j', (text, expected) => {
    expect(print(parseJql(text).query)).toBe(expected)
  })

  it('writes single operands and fields too, as jql/parse does', () => {
    const { query } = parseJql('"Story Points" in ("To Do", f(1), empty)')
    expect(query.where).toMatchObject({ type: 'clause' })
    const { field, operand } = query.where?.type === 'clause' ? query.where : {}
    expect(field && printField(field)).toBe('"Story Points"')
    expect(operand && printOperand(operand)).toBe('("To Do", f(1), EMPTY)')
    expect(jqlReservedWords).toContain('order')
  })

  it('normalises CQL', () => {
    expect(print(parseCql("type='page'   order by title desc").query)).toBe(
      'type = "page" ORDER BY title DESC',
    )
  })
})

describe('formatting', () => {
  it('puts one condition on a line, indented by depth', () => {
    const { query } = parseJql(
      'project = ED AND status in ("To Do", "In Progress") AND (assignee is empty or assignee = currentUser() and not (labels = x or labels = a-long-one)) ORDER BY created DESC',
    )
    expect(format(query, { width: 48 })).toBe(
      `project = ED
AND status IN ("To Do", "In Progress")
AND (
  assignee IS EMPTY
  OR (
    assignee = currentUser()
    AND NOT (labels = x OR labels = a-long-one)
  )
)
ORDER BY created DESC`,
    )
    expect(format(parseJql('a = b order by c').query)).toBe('a = b ORDER BY c')
  })
})
