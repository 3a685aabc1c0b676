import { getValidProjectKey, getValidProjectName, validateProjectKey } from '@telamon/jira/operations'

import { serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { ok } from '../http/reply.ts'
import type { Site } from '../world/model.ts'

const longestKey = 10
const longestName = 80

/** Why a key cannot be that of a new project: letters first, capitals and digits, ten at most (documented). */
export function keyProblem({ jira }: Site, key: string): string | undefined {
  if (key === '') return 'You must specify a valid project key.'
  if (key.length > longestKey) {
    return `The project key must not exceed ${longestKey} characters in length.`
  }
  if (!/^[A-Z][A-Z0-9_]+$/.test(key)) {
    return 'Project keys must start with an uppercase letter, followed by one or more uppercase alphanumeric characters.'
  }
  const taken = [...jira.projects.values()].find((project) => project.key === key)
  return taken && `Project '${taken.name}' uses this project key.`
}

/** Why a name cannot be that of a new project. */
export function nameProblem({ jira }: Site, name: string): string | undefined {
  if (name === '') return 'You must specify a valid project name.'
  if (name.length > longestName) {
    return `The project name must not exceed ${longestName} characters in length.`
  }
  const taken = [...jira.projects.values()].some(
    (project) => project.name.toLowerCase() === name.toLowerCase(),
  )
  return taken ? 'A project with that name already exists.' : undefined
}

/** The first of a text and the text with a number after it that nothing stands against; empty when there is none. */
function firstFree(text: string, longest: number, isFree: (text: string) => boolean): string {
  for (let number = 1; number < 100; number += 1) {
    const ending = number === 1 ? '' : String(number)
    const candidate = `${text.slice(0, longest - ending.length)}${ending}`
    if (isFree(candidate)) return candidate
  }
  return ''
}

export const projectNameHandlers: readonly Served[] = [
  serve(validateProjectKey, ['key'], (call) => {
    const problem = keyProblem(call.site, call.query.text('key') ?? '')
    return ok({ errorMessages: [], errors: problem ? { projectKey: problem } : {} })
  }),
  serve(getValidProjectKey, ['key'], (call) => {
    const letters = (call.query.text('key') ?? '').toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
    const key = firstFree(letters, longestKey, (text) => keyProblem(call.site, text) === undefined)
    return ok(key)
  }),
  serve(getValidProjectName, ['name'], (call) => {
    const name = call.query.text('name')
    if (name === undefined) return jiraError(400, ['The name is required.'])
    return ok(firstFree(name, longestName, (text) => nameProblem(call.site, text) === undefined))
  }),
]
