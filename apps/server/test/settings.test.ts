import { expect, it } from 'vitest'

import { readSettings, SettingsError } from '../src/settings.ts'

const enough = { ATLASSIAN_CLIENT_ID: 'id', ATLASSIAN_CLIENT_SECRET: 'secret' }

function refusal(environment: Readonly<Record<string, string>>): string {
  try {
    readSettings(environment)
  } catch (error) {
    if (error instanceof SettingsError) return error.message
    throw error
  }
  throw new Error('The settings were accepted.')
}

it('needs an OAuth app and nothing else', () => {
  expect(readSettings(enough)).toMatchObject({
    TELAMON_URL: 'http://127.0.0.1:4180',
    TELAMON_STORE: 'sqlite:./data',
    TELAMON_PLAN: 'telamon',
    TELAMON_READONLY: false,
    ATLASSIAN_GATEWAY: 'https://api.atlassian.com',
  })
})

it('names each setting that is missing, with its meaning', () => {
  expect(refusal({})).toMatchInlineSnapshot(`
    "The settings do not hold:
      ATLASSIAN_CLIENT_ID is missing. Client id of your OAuth 2.0 (3LO) app at developer.atlassian.com.
      ATLASSIAN_CLIENT_SECRET is missing. Its client secret."
  `)
})

it('refuses a misspelt setting instead of ignoring it', () => {
  expect(refusal({ ...enough, TELAMON_READ_ONLY: 'on' })).toContain(
    'TELAMON_READ_ONLY is not a setting. Known: TELAMON_URL,',
  )
})

it.each([
  ['TELAMON_URL', 'https://mcp.example.com/mcp', 'must be an origin without a path'],
  ['TELAMON_STORE', 'redis:', 'must be sqlite:FOLDER'],
  ['TELAMON_KEYS', 'k1:short', 'each secret 32 bytes in base64url'],
  ['TELAMON_PORT', '70000', '65535'],
  ['TELAMON_READONLY', 'perhaps', 'Invalid option'],
])('says what is wrong with %s=%s', (name, value, words) => {
  expect(refusal({ ...enough, [name]: value })).toContain(words)
})

it('never repeats a secret in its refusal', () => {
  expect(refusal({ ATLASSIAN_CLIENT_SECRET: 'very-secret', TELAMON_KEYS: 'k1:half-a-secret' })).not.toMatch(
    /very-secret|half-a-secret/,
  )
})

it('reads lists and switches', () => {
  const settings = readSettings({ ...enough, TELAMON_TOOLSETS: 'jira, platform', TELAMON_READONLY: 'on' })
  expect([settings.TELAMON_TOOLSETS, settings.TELAMON_READONLY]).toEqual([['jira', 'platform'], true])
})
