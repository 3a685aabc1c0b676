/** How far long work has come (documented). */
type TaskStatus = 'ENQUEUED' | 'RUNNING' | 'COMPLETE' | 'FAILED' | 'CANCEL_REQUESTED' | 'CANCELLED' | 'DEAD'

/** One piece of long work. */
export interface TaskItem {
  /** What is to be done, such as `transition`. */
  readonly kind: string
  /** The issue, project or other thing it is done to. */
  readonly id: string
  readonly input?: unknown
}

/** Long work that goes on after its request was answered: item by item, as time passes and when it is looked at. */
export interface Task {
  readonly id: string
  readonly description: string
  /** Null: a caller without credentials. */
  readonly submittedBy: string | null
  readonly submitted: number
  started: number | null
  finished: number | null
  updated: number
  status: TaskStatus
  readonly items: readonly TaskItem[]
  /** How many items are done, well or badly. */
  done: number
  /** How often somebody has looked. */
  looks: number
  readonly processed: string[]
  /** Sentences by the id of the thing that could not be done. */
  readonly failures: Map<string, readonly string[]>
  /** How many of the things that were asked for are not there, or not visible. */
  readonly unreachable: number
  message: string | null
}

export interface TaskState {
  readonly tasks: Map<string, Task>
}

export function createTaskState(): TaskState {
  return { tasks: new Map() }
}
