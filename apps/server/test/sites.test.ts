import type { Site } from '@telamon/vault'
import { expect, it } from 'vitest'

import { siteOf } from '../src/sites.ts'

const one: Site = {
  cloudId: 'b7a1d3f0-5c2e-4e9b-8a64-0f1d2c3b4a59',
  url: 'https://one.atlassian.net',
  name: 'one',
  scopes: [],
  products: ['jira'],
}
const two: Site = {
  ...one,
  cloudId: 'e4c0a8b2-91d7-4f36-b5e8-73a6d09c1f42',
  url: 'https://two.atlassian.net',
  name: 'two',
}

it.each([
  ['its cloud id', two.cloudId],
  ['its cloud id in capitals', two.cloudId.toUpperCase()],
  ['its name', 'Two'],
  ['its host', 'two.atlassian.net'],
  ['its address', 'https://two.atlassian.net'],
  ['an address on it', 'https://two.atlassian.net/wiki/spaces/ENG/pages/1'],
])('finds a site by %s', (_how, wanted) => {
  expect(siteOf([one, two], wanted)).toBe(two)
})

it('needs no word for the only site', () => {
  expect(siteOf([one], undefined)).toBe(one)
})

it('lists the sites when none is named and there are several', () => {
  expect(() => siteOf([one, two], undefined)).toThrow('Say which site is meant')
})

it.each([
  'three',
  'https://one.atlassian.net.evil.example',
  '../two',
  'https://',
  '00000000-0000-0000-0000-000000000000',
])('T41 refuses %s, which is none of the sites', (wanted) => {
  expect(() => siteOf([one, two], wanted)).toThrow('does not reach a site')
})

it('refuses a name that two sites share', () => {
  expect(() => siteOf([one, { ...two, name: 'ONE' }], 'one')).toThrow('More than one site')
})
