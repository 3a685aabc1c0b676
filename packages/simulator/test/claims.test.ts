import { readdirSync, readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { stage } from './support.ts'

const { simulator } = stage({ seed: 'empty' })
const { claims } = simulator
const { rows } = simulator.coverage()
const served = rows.filter((row) => row.served)

const sources = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => readFileSync(`${import.meta.dirname}/${name}`, 'utf8').replaceAll(/\(\s+/g, '('))

test('every operation that is served has a claim', () => {
  const silent = served.filter(({ claims: counts }) => Object.values(counts).every((count) => count === 0))
  expect(silent.map(({ document, operation }) => `${document}/${operation}`)).toEqual([])
})

test('every claim is about something that is served', () => {
  const parts = ['authorize', 'token', 'me', 'accessible-resources', 'gateway', 'every operation']
  const known = new Set([
    ...parts,
    ...served.flatMap(({ document, operation }) => [operation, `${document}/${operation}`]),
  ])
  const strange = claims.flatMap(({ id, operations }) =>
    operations.filter((name) => !known.has(name)).map((name) => `${id}: ${name}`),
  )
  expect(strange).toEqual([])
})

test('an operation that two documents name is claimed for one of them', () => {
  const counts = new Map<string, number>()
  for (const { operation } of served) counts.set(operation, (counts.get(operation) ?? 0) + 1)
  const twice = new Set([...counts].filter(([, count]) => count > 1).map(([operation]) => operation))
  expect(claims.filter(({ operations }) => operations.some((name) => twice.has(name)))).toEqual([])
})

const literal = (title: string): readonly string[] => [`('${title.replaceAll("'", "\\'")}'`, `("${title}"`]

test('every claim names a test that is there', () => {
  const lost = claims.filter(({ test: title }) =>
    sources.every((source) => literal(title).every((text) => !source.includes(text))),
  )
  expect(lost.map(({ id, test: title }) => `${id}: ${title}`)).toEqual([])
})

test('claims have names of their own, a sentence and a source', () => {
  expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length)
  for (const { says, source } of claims) {
    expect(says).toMatch(/^[A-Z].*\.$/)
    expect(source).not.toBe('')
  }
})
