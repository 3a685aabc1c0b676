import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { stage, type Stage } from './support.ts'

const agile = '/rest/agile/1.0'
const desk = '/rest/servicedeskapi'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'simulator-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

async function answersOf({ jira }: Stage, paths: readonly string[]): Promise<readonly unknown[]> {
  const answers: unknown[] = []
  for (const path of paths) {
    const { status, body } = await jira('grace')(path)
    answers.push([path, status, body])
  }
  return answers
}

async function write({ jira }: Stage, steps: readonly (readonly [string, string, unknown])[]): Promise<void> {
  for (const [method, path, body] of steps) {
    const { status } = await jira('maya')(path, { method, body })
    expect([path, status < 300]).toEqual([path, true])
  }
}

test('boards, sprints and ranks are the same after a restart', async () => {
  const data = folder()
  const before = stage({ data })
  await write(before, [
    // the first write makes the snapshot, and all others are in the journal
    ['PUT', '/rest/api/3/issue/QUAY-1', { fields: { labels: ['kept'] } }],
    ['POST', `${agile}/sprint/2`, { state: 'closed' }],
    ['POST', `${agile}/sprint`, { name: 'Quay 9', originBoardId: 1 }],
    ['POST', `${agile}/sprint/3/issue`, { issues: ['QUAY-11'] }],
    ['PUT', `${agile}/sprint/3/properties/mood`, { good: true }],
    ['PUT', `${agile}/board/1/properties/mood`, { good: true }],
    ['PUT', `${agile}/issue/rank`, { issues: ['QUAY-12'], rankBeforeIssue: 'QUAY-11' }],
    ['PUT', `${agile}/issue/QUAY-12/estimation?boardId=1`, { value: '8' }],
    ['POST', `${agile}/epic/QUAY-2`, { name: 'Another name', done: true }],
    ['PUT', `${agile}/board/3/features`, { boardId: 3, feature: 'SPRINTS', enabling: true }],
  ])
  const paths = [
    `${agile}/board/1/sprint`,
    `${agile}/board/1/backlog`,
    `${agile}/board/3/features`,
    `${agile}/board/1/properties/mood`,
    `${agile}/sprint/3/properties/mood`,
    `${agile}/sprint/3/issue`,
    `${agile}/epic/QUAY-2`,
    `${agile}/issue/QUAY-12/estimation?boardId=1`,
  ]
  const was = await answersOf(before, paths)
  expect(readFileSync(join(data, 'journal-1.jsonl'), 'utf8')).toContain('Quay 9')
  expect(await answersOf(stage({ data }), paths)).toEqual(was)
})

test('requests and all around them are the same after a restart', async () => {
  const data = folder()
  const before = stage({ data })
  // by asking, because whoever takes the world in hand ends the journal
  const { body } = await before.jira('jonas')('/rest/api/3/myself')
  const accountIds = [body.accountId]
  await write(before, [
    ['POST', `${desk}/organization`, { name: 'Harbour watch' }],
    ['POST', `${desk}/servicedesk/1/customer`, { accountIds }],
    ['POST', `${desk}/request/HELP-1/participant`, { accountIds }],
    ['POST', `${desk}/request/HELP-1/comment`, { body: 'For us alone.', public: false }],
    ['PUT', `${desk}/request/HELP-1/notification`, undefined],
    ['PUT', `${desk}/servicedesk/1/requesttype/11/property/mood`, { good: true }],
    [
      'POST',
      `${desk}/request`,
      {
        serviceDeskId: '1',
        requestTypeId: '10',
        requestFieldValues: { summary: 'Fog', description: 'Thick' },
      },
    ],
  ])
  const paths = [
    `${desk}/organization`,
    `${desk}/servicedesk/1/customer`,
    `${desk}/servicedesk/1/queue?includeCount=true`,
    `${desk}/request/HELP-1/participant`,
    `${desk}/request/HELP-1/comment`,
    `${desk}/request/HELP-1/sla`,
    `${desk}/request/HELP-7?expand=status`,
    `${desk}/request/HELP-7/sla`,
  ]
  const was = await answersOf(before, paths)
  expect(readFileSync(join(data, 'journal-1.jsonl'), 'utf8')).toContain('Thick')
  expect(await answersOf(stage({ data }), paths)).toEqual(was)
})
