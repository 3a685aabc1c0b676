import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { compile, explain, jql, parseJql, validate } from '../src/index.ts'

const lines: unknown[] = []
const print = (...values: readonly unknown[]): void => {
  lines.push(...values)
}

test('building, reading and judging', () => {
  lines.length = 0
  // #region build
  // A hole holds a value, never syntax: text from anywhere is safe in it.
  const words = 'login" OR project = SECRET'
  const query = jql`project = ${'ED'} AND summary ~ ${jql.text(words)} AND created > ${jql.daysAgo(7)}`
  print(query.text)

  // Mistakes come in the service's own words, with their place.
  const { errors } = parseJql('project = ED status = Done')
  print(errors[0]?.message)

  // A search answers a wrong name with an empty list. Judging tells why.
  const text = 'staus = Done'
  const problems = validate(parseJql(text).query, { fields: [{ name: 'status', type: 'option' }] })
  print(problems.map((problem) => explain(text, problem)).join('\n'))
  // #endregion
  expect(lines).toEqual([
    String.raw`project = "ED" AND summary ~ "login\\\" or project = SECRET" AND created > -7d`,
    "Error in the JQL Query: Expecting either 'OR' or 'AND' but got 'status'. (line 1, character 14)",
    "Field 'staus' does not exist or you do not have permission to view it.\nstaus = Done\n^^^^^\nDid you mean 'status'?",
  ])
})

test('evaluating', () => {
  lines.length = 0
  // #region evaluate
  interface Task {
    readonly state: string
    readonly made: number
  }
  const now = Date.now()
  const { test: fits, compare } = compile<Task>(
    parseJql('state != done AND made > startOfDay(-7d) ORDER BY made').query,
    {
      fields: [
        { name: 'state', type: 'option', get: ({ state }) => state },
        { name: 'made', type: 'datetime', get: ({ made }) => made },
      ],
    },
    { now, timeZone: 'Europe/Berlin' },
  )
  const tasks: readonly Task[] = [
    { state: 'Done', made: now },
    { state: 'Open', made: now },
  ]
  print(
    tasks
      .filter(fits)
      .toSorted(compare)
      .map(({ state }) => state),
  )
  // #endregion
  expect(lines).toEqual([['Open']])
})

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

test('the examples of the README are those above', () => {
  const source = read('./readme.examples.test.ts')
  const regions = [...source.matchAll(/^ {2}\/\/ #region \w+\n([\s\S]*?)^ {2}\/\/ #endregion/gm)]
  const code = regions.map(([, body = '']) => body.replaceAll(/^ {2}/gm, ''))
  const fences = [...read('../README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, body = '']) => body)
  const plain = fences.map((body) =>
    body.replaceAll(/^import .*\n+/gm, '').replaceAll('console.log(', 'print('),
  )
  expect(plain).toEqual(code)
})
