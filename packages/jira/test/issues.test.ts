import { isAtlassianError } from '@telamon/rest'
import { json, reply } from '@telamon/rest/testing'
import { describe, expect, test } from 'vitest'

import { field } from '../src/index.ts'
import { asked, scripted, scriptedWith } from './client.ts'

const doc = { type: 'doc', version: 1, content: [] } as const
const self = 'https://api.atlassian.com/ex/jira/1/rest/api/3/issue/10001'
const issue = (fields: object): Response => json({ id: '10001', key: 'DEMO-1', self, fields })

const made = (count: number): Response =>
  json({
    issues: Array.from({ length: count }, (_, at) => ({ id: String(at), key: `DEMO-${at}`, self })),
    errors: [],
  })

describe('reading an issue', () => {
  test('asks for the fields named, by their ids, and gives them by their names', async () => {
    const { jira, upstream } = scriptedWith(
      { storyPoints: field.number('customfield_10016') },
      issue({ summary: 'Redesign', customfield_10016: 5 }),
    )
    const { fields } = await jira.issues.get('DEMO-1', { fields: ['summary', 'storyPoints'] })
    expect(fields).toEqual({ summary: 'Redesign', storyPoints: 5 })
    expect(asked(upstream)).toEqual(['GET /rest/api/3/issue/DEMO-1?fields=summary&fields=customfield_10016'])
  })

  test('gives null for a field that was asked for and is not there', async () => {
    const { jira } = scriptedWith(
      { storyPoints: field.number('customfield_10016') },
      issue({ summary: 'Redesign' }),
    )
    const { fields } = await jira.issues.get('DEMO-1', { fields: ['storyPoints', 'priority'] })
    expect(fields).toEqual({ storyPoints: null, priority: null })
  })

  test('without fields gives all there are, custom fields by name where they have one', async () => {
    const { jira, upstream } = scriptedWith(
      { storyPoints: field.number('customfield_10016') },
      issue({ summary: 'Redesign', customfield_10016: 5, customfield_10019: '0|i00007:' }),
    )
    const { fields } = await jira.issues.get('DEMO-1')
    expect(fields).toEqual({ summary: 'Redesign', storyPoints: 5, customfield_10019: '0|i00007:' })
    expect(asked(upstream)).toEqual(['GET /rest/api/3/issue/DEMO-1'])
  })

  test('with ids from outside gives what comes, as it comes', async () => {
    const { jira, upstream } = scriptedWith(
      { storyPoints: field.number('customfield_10016') },
      issue({ customfield_10016: 5 }),
    )
    const { fields } = await jira.issues.get('DEMO-1', {
      fieldIds: ['customfield_10016'],
      expand: ['names', 'changelog'],
    })
    expect(fields).toEqual({ customfield_10016: 5 })
    expect(asked(upstream)).toEqual([
      'GET /rest/api/3/issue/DEMO-1?fields=customfield_10016&expand=names,changelog',
    ])
  })

  test('passes unknown members through', async () => {
    const { jira } = scripted(json({ id: '1', key: 'DEMO-1', self, fields: {}, novelty: true }))
    expect(await jira.issues.get('DEMO-1')).toMatchObject({ novelty: true })
  })

  test('a key that leads out of the path is refused before anything is sent', async () => {
    const { jira, upstream } = scripted()
    await expect(jira.issues.get('..')).rejects.toSatisfy((error) =>
      isAtlassianError(error, 'invalid_request'),
    )
    expect(upstream.requests).toEqual([])
  })
})

describe('writing an issue', () => {
  test('names, keys and people are written as Jira takes them', async () => {
    const { jira, upstream } = scriptedWith(
      { storyPoints: field.number('customfield_10016'), team: field.option('customfield_10050') },
      json({ id: '10001', key: 'DEMO-1', self }, { status: 201 }),
    )
    await jira.issues.create(
      {
        project: 'DEMO',
        issuetype: 'Story',
        summary: 'Redesign onboarding',
        description: doc,
        assignee: 'account-1',
        parent: 'DEMO-7',
        priority: { id: '2' },
        labels: ['onboarding'],
        components: ['Web'],
        storyPoints: 5,
        team: 'Growth',
        customfield_10099: { any: 'thing' },
      },
      { raw: { customfield_10016: 8 } },
    )
    expect(upstream.requests[0]?.json).toEqual({
      fields: {
        project: { key: 'DEMO' },
        issuetype: { name: 'Story' },
        summary: 'Redesign onboarding',
        description: doc,
        assignee: { accountId: 'account-1' },
        parent: { key: 'DEMO-7' },
        priority: { id: '2' },
        labels: ['onboarding'],
        components: [{ name: 'Web' }],
        customfield_10016: 8,
        customfield_10050: { value: 'Growth' },
        customfield_10099: { any: 'thing' },
      },
    })
  })

  test('null empties a field, and what is not stated stays', async () => {
    const { jira, upstream } = scripted(reply(204))
    await jira.issues.edit(
      'DEMO-1',
      { assignee: null, duedate: null },
      { update: { labels: [{ add: 'urgent' }] }, notify: false },
    )
    expect(asked(upstream)).toEqual([
      'PUT /rest/api/3/issue/DEMO-1?notifyUsers=false {"fields":{"assignee":null,"duedate":null},"update":{"labels":[{"add":"urgent"}]}}',
    ])
  })

  test('many issues are made 50 at a time', async () => {
    const { jira, upstream } = scripted(made(50), made(1))
    const issues = Array.from({ length: 51 }, (_, at) => ({
      project: 'DEMO',
      issuetype: 'Task',
      summary: `Note ${at}`,
    }))
    const result = await jira.issues.createMany(issues)
    expect(result.issues).toHaveLength(51)
    expect(upstream.requests).toHaveLength(2)
  })

  test('an issue is given to somebody, to nobody, and removed', async () => {
    const { jira, upstream } = scripted(reply(204), reply(204), reply(204))
    await jira.issues.assign('DEMO-1', 'account-1')
    await jira.issues.assign('DEMO-1', null)
    await jira.issues.remove('DEMO-1', { subtasks: true })
    expect(asked(upstream)).toMatchInlineSnapshot(`
      [
        "PUT /rest/api/3/issue/DEMO-1/assignee {"accountId":"account-1"}",
        "PUT /rest/api/3/issue/DEMO-1/assignee {"accountId":null}",
        "DELETE /rest/api/3/issue/DEMO-1?deleteSubtasks=true",
      ]
    `)
  })
})

describe('moving an issue along its workflow', () => {
  const transitions = json({
    transitions: [
      { id: '11', name: 'Start work', to: { id: '3', name: 'In Progress', self } },
      { id: '31', name: 'Finish', to: { id: '5', name: 'Done', self } },
      { id: '41', name: 'Finish', to: { id: '6', name: 'Won’t do', self } },
    ],
  })

  test('by the status it leads to, without regard to case', async () => {
    const { jira, upstream } = scripted(transitions.clone(), reply(204))
    const done = await jira.issues.transition(
      'DEMO-1',
      { to: 'done' },
      { fields: { resolution: 'Fixed' }, comment: doc },
    )
    expect(done).toMatchObject({ id: '31', name: 'Finish' })
    expect(asked(upstream)).toMatchInlineSnapshot(`
      [
        "GET /rest/api/3/issue/DEMO-1/transitions",
        "POST /rest/api/3/issue/DEMO-1/transitions {"transition":{"id":"31"},"fields":{"resolution":{"name":"Fixed"}},"update":{"comment":[{"add":{"body":{"type":"doc","version":1,"content":[]}}}]}}",
      ]
    `)
  })

  test('by its id, without a look-up', async () => {
    const { jira, upstream } = scripted(reply(204))
    await jira.issues.transition('DEMO-1', { id: '31' })
    expect(asked(upstream)).toEqual(['POST /rest/api/3/issue/DEMO-1/transitions {"transition":{"id":"31"}}'])
  })

  test('a name that fits several or none changes nothing, and says what there is', async () => {
    const { jira, upstream } = scripted(transitions.clone(), transitions.clone())
    await expect(jira.issues.transition('DEMO-1', { name: 'Finish' })).rejects.toMatchObject({
      code: 'invalid_request',
      outcome: 'not_executed',
      messages: ['31: Finish → Done', '41: Finish → Won’t do'],
    })
    await expect(jira.issues.transition('DEMO-1', { to: 'Deployed' })).rejects.toMatchObject({
      messages: ['11: Start work → In Progress', '31: Finish → Done', '41: Finish → Won’t do'],
    })
    expect(upstream.requests.every(({ method }) => method === 'GET')).toBe(true)
  })
})
