import type { Call } from '../http/call.ts'
import type { LongTask } from '../world/confluence-model.ts'
import { nextId } from '../world/ids.ts'

/** What work that was done is remembered by. */
interface Work {
  readonly name: string
  readonly successful?: boolean
  readonly messages?: readonly string[]
  readonly details?: LongTask['details']
}

/** How long work goes on as far as anybody can see, in milliseconds by the simulator's clock (inferred). */
const duration = 400

/** Looks at work: it is over at the second look, or when its time has passed. */
export function lookAt(work: { looks: number; readonly startedAt: number }, now: number): boolean {
  work.looks += 1
  return work.looks > 1 || now - work.startedAt >= duration
}

/** Notes work that was handed in and is done already, though nobody can see that when the answer leaves. */
export function startTask(
  { world, site, clock, caller }: Pick<Call, 'world' | 'site' | 'clock' | 'caller'>,
  { name, successful = true, messages = [], details }: Work,
): LongTask {
  const task: LongTask = {
    id: nextId(world, 'longTask', site.cloudId),
    name,
    ownerId: caller.person?.accountId ?? '',
    startedAt: clock.now(),
    looks: 0,
    successful,
    messages,
    ...(details && { details }),
  }
  site.confluence.longTasks.set(task.id, task)
  return task
}
