import { createRegistry } from '@telamon/tool-registry'
import { describe, expect, it } from 'vitest'

import { jiraToolset } from '../src/index.ts'
import { rows as ownRows } from './alias-rows.ts'
import { relationRows } from './relation-rows.ts'
import { stage } from './stage.ts'

const rows = [...ownRows, ...relationRows]
const registry = createRegistry([jiraToolset])

describe('names and arguments of other servers', () => {
  it.each(rows.map((row) => [row.name, row] as const))('%s is one of our tools', (name, row) => {
    const resolved = registry.resolve(name)
    expect(resolved?.tool.name).toBe(row.tool)
    const bound = resolved?.tool.bind(row.args, resolved.alias)
    expect(bound).toMatchObject({ ok: true, input: row.input })
    expect(bound?.ok && Object.keys(bound.input).toSorted()).toEqual(Object.keys(row.input).toSorted())
  })

  it('has a row for each of them', () => {
    const names = new Set(rows.map(({ name }) => name))
    expect(jiraToolset.aliases.filter(({ name }) => !names.has(name))).toEqual([])
  })

  it('does not ignore what would change what is written', () => {
    const refused = [
      ['jira_update_issue', { issue_key: 'A-1', fields: '{}', transition: 'Done' }],
      ['jira_update_issue', { issue_key: 'A-1', fields: '{}', attachments: '/etc/passwd' }],
      ['jira_add_comment', { issue_key: 'A-1', body: 'x', public: false }],
      ['transitionJiraIssue', { issueIdOrKey: 'A-1', transitionId: '31', update: { comment: [] } }],
      ['createJiraIssue', { projectKey: 'A', issueType: 'Bug', summary: 'x', assignToSprint: 'active' }],
    ] as const
    for (const [name, args] of refused) {
      const { tool, alias } = registry.resolve(name) ?? {}
      expect(tool?.bind(args, alias).ok).toBe(false)
    }
  })
})

it('names the argument that two spellings were given for', async () => {
  const { text, isError } = await stage().as('maya')('getJiraIssue', {
    issueIdOrKey: 'ALPHA-7',
    issue_key: 'ALPHA-8',
  })
  expect(isError).toBe(true)
  expect(text).toContain('issue_key is not an argument of this tool')
})
