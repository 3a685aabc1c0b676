import { VaultError } from '@telamon/vault'
import type { Site } from '@telamon/vault'
import { expect, it } from 'vitest'

import { describeAccount } from '../src/account.ts'

const site = (cloudId: string): Site => ({
  cloudId,
  name: `Site ${cloudId}`,
  url: `https://${cloudId}.example`,
  scopes: [],
  products: ['jira'],
})

const grant = (grantId: string) => ({
  grantId,
  clientId: 'client',
  clientName: 'Client',
  resource: 'https://mcp.example.com/mcp',
  scopes: [],
  choices: ['one', 'two'],
  createdAt: 0,
  lastUsedAt: 0,
  expiresAt: 0,
})

it('tells which sites are reached, which connections are dead, and nothing of what is not known', async () => {
  const describe = describeAccount({
    async sites(grantId) {
      if (grantId === 'dead') throw new VaultError('needs_sign_in', 'dead')
      if (grantId === 'unknown') throw new VaultError('try_again', 'an outage')
      return [site('one')]
    },
  })
  const { choices } = await describe({
    subject: 'ada',
    grants: [grant('half'), grant('dead'), grant('unknown')],
  })
  expect([...(choices ?? [])]).toEqual([
    [
      'half',
      [
        { label: 'Site one', reached: true },
        { label: 'two', reached: false },
      ],
    ],
    ['dead', []],
  ])
})
