import type { Links } from '../http/call.ts'
import type { Sprint } from '../world/software-model.ts'

/** A moment as the agile API writes it: in UTC, with milliseconds (reported). */
export function day(instant: number): string {
  return new Date(instant).toISOString()
}

/** An address of the agile API. */
export function agile({ links }: { readonly links: Links }, path: string): string {
  return `${links.rest}/rest/agile/1.0/${path}`
}

/** A sprint by itself (documented); dates that are not known are left out. */
export function sprintView(view: { readonly links: Links }, sprint: Sprint): Record<string, unknown> {
  const { id, state, name, goal, createdAt, startAt, endAt, completedAt, boardId } = sprint
  return {
    id: Number(id),
    self: agile(view, `sprint/${id}`),
    state,
    name,
    ...(startAt !== null && { startDate: day(startAt) }),
    ...(endAt !== null && { endDate: day(endAt) }),
    ...(completedAt !== null && { completeDate: day(completedAt) }),
    createdDate: day(createdAt),
    originBoardId: Number(boardId),
    goal,
  }
}
